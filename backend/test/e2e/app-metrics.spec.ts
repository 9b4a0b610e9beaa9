import { randomBytes } from 'node:crypto';
import { callApi } from '../support/api-client';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { RawConnection } from '../support/raw-http';
import { startTestApp, type TestApp } from '../support/test-app';

const METRICS_TOKEN = randomBytes(32).toString('hex');

/** The value of a series, its labels in the order in which they are written; `undefined` where it is not there. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((some) => some.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('the metrics on the port of the API', () => {
  let server: TestApp;
  const scrape = async (): Promise<string> => {
    const answer = await server.api('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain; /)]);
    return answer.text;
  };

  beforeAll(async () => {
    // So long that memory answers however busy the machine is.
    server = await startTestApp({ settings: { METRICS_TOKEN, REVOCATION_BOUND_MS: '60000' } });
  });
  afterAll(() => server?.stop());

  it('are for whoever has their token, and nobody else', async () => {
    const { token } = await server.signIn('google', 'ada');
    for (const authorization of [undefined, `Bearer ${token}`, `Bearer ${METRICS_TOKEN}x`, `Token ${METRICS_TOKEN}`]) {
      const answer = await server.api('/metrics', { headers: authorization === undefined ? {} : { authorization } });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
      expect(answer.text).not.toContain('process_');
    }
  });

  it('G2 take their token from the header alone, and it opens nothing else', async () => {
    expect((await server.api(`/metrics?access_token=${METRICS_TOKEN}`)).status).toBe(401);
    const elsewhere = await server.api('/accounts/me', { token: METRICS_TOKEN });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([401, 'invalid_token']);
  });

  it('count sign-ins by provider, outcome and code, and what the guard refuses by code', async () => {
    const before = await scrape();
    await server.signIn('google', 'ada');
    const refused = await server.api('/auth/google', { json: { id_token: 'no token' } });
    expect(refused.status).toBe(401);
    await server.api('/accounts/me');
    await server.api('/accounts/me', { token: 'nte_wrong' });
    const after = await scrape();
    const counted = (series: string): number => (valueOf(after, series) ?? 0) - (valueOf(before, series) ?? 0);
    const signIns = (labels: string): number => counted(`social_auth_sign_ins_total{provider="google",${labels}}`);
    expect(signIns('outcome="accepted",code=""')).toBe(1);
    expect(signIns(`outcome="refused",code="${refused.body.code}"`)).toBe(1);
    expect(counted('social_auth_guard_refusals_total{code="authentication_required"}')).toBe(1);
    expect(counted('social_auth_guard_refusals_total{code="invalid_token"}')).toBe(1);
  });

  it('tell of keys, connections and the process', async () => {
    const text = await scrape();
    expect(valueOf(text, 'social_auth_provider_keys_up{provider="google"}')).toBe(1);
    expect(valueOf(text, 'social_auth_provider_keys_age_seconds{provider="google"}')).toBeLessThan(600);
    expect(valueOf(text, 'database_pool_connections{state="idle"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'database_pool_waiting')).toBe(0);
    expect(valueOf(text, 'redis_up')).toBeUndefined();
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('tell what was answered from memory, and how the feed of revocations is read', async () => {
    const { token } = await server.signIn('google', 'cleo');
    await eventually(async () => {
      expect(valueOf(await scrape(), 'social_auth_revocation_feed_fresh')).toBe(1);
    });
    const before = await scrape();
    for (let request = 0; request < 3; request += 1) await server.api('/accounts/me', { token });
    const after = await scrape();
    const counted = (series: string): number => (valueOf(after, series) ?? 0) - (valueOf(before, series) ?? 0);
    expect(counted('social_auth_token_cache_requests_total{result="hit"}')).toBe(2);
    expect(counted('social_auth_token_cache_requests_total{result="miss"}')).toBe(1);
    expect(counted('social_auth_token_cache_entries')).toBe(1);
    expect(counted('social_auth_token_lookups_total')).toBe(1);
    expect(counted('social_auth_token_lookup_statements_total')).toBe(1);
    expect(valueOf(after, 'social_auth_revocation_feed_age_seconds')).toBeLessThan(60);
    await server.api('/auth/logout', { method: 'POST', token });
    const revoked = valueOf(await scrape(), 'social_auth_revocations_applied_total{kind="token"}') ?? 0;
    expect(revoked).toBeGreaterThan(valueOf(after, 'social_auth_revocations_applied_total{kind="token"}') ?? 0);
  });

  it('count requests by template of the route, never by path', async () => {
    const { token } = await server.signIn('google', 'ben');
    const count = (text: string, method: string, route: string, status: string): number =>
      valueOf(text, `http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`) ?? 0;
    const before = await scrape();
    await server.api('/notes', { token });
    await server.api('/notes/019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', { method: 'DELETE', token });
    await server.api('/accounts/me');
    await server.api('/accounts/me', { method: 'HEAD', token });
    await server.api('/accounts/me', { method: 'PATCH' });
    for (let at = 0; at < 20; at += 1) await server.api(`/nothing-here-${at}?id=${at}`);
    const raw = await RawConnection.open(server.url);
    raw.send('GET /%ZZ HTTP/1.1', 'Host: api', 'Connection: close', '', '');
    await raw.closed();
    const after = await scrape();
    const counted = (...labels: [string, string, string]): number => count(after, ...labels) - count(before, ...labels);
    expect(counted('GET', '/notes', '2xx')).toBe(1);
    expect(counted('DELETE', '/notes/:id', '4xx')).toBe(1);
    expect(counted('GET', '/accounts/me', '4xx')).toBe(1);
    expect(counted('HEAD', '/accounts/me', '2xx')).toBe(1);
    expect(counted('*', '(none)', '4xx')).toBe(22);
    expect(after).not.toMatch(/nothing-here|019a9f3e|PATCH/);
  });

  it('L1 hold no token, id, address or name of anybody', async () => {
    const { token, account } = await server.signIn('google', 'ada');
    await server.api('/accounts/me', { token });
    const text = await scrape();
    for (const value of [token, account.id, account.email, account.name, METRICS_TOKEN, '127.0.0.1']) {
      expect(text).not.toContain(value);
    }
  });
});

describe('the metrics on a port of their own', () => {
  let server: TestApp;
  let address: string;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    server = await startTestApp({ settings: { METRICS_PORT: String(port), METRICS_TOKEN } });
  });
  afterAll(() => server?.stop());

  const ask = (path: string, request: Parameters<typeof callApi>[1] = {}) => callApi(`${address}${path}`, request);
  const authorized = { headers: { authorization: `Bearer ${METRICS_TOKEN}` } };

  it('are there, and not on that of the API', async () => {
    const answer = await ask('/metrics', authorized);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.text).toContain('process_start_time_seconds');
    expect((await server.api('/metrics', authorized)).status).toBe(404);
  });

  it('ask for the token there too where one is set', async () => {
    const answer = await ask('/metrics');
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
  });

  it('are all that there is', async () => {
    for (const path of ['/', '/metrics/', '/accounts/me', '/health/live']) {
      expect([path, (await ask(path, authorized)).status]).toEqual([path, 404]);
    }
    expect((await ask('/metrics', { ...authorized, method: 'POST', json: {} })).status).toBe(405);
  });

  it('end with the server', async () => {
    const port = await freePort();
    const stopped = await startTestApp({
      idp: server.idp,
      database: server.database,
      migrate: false,
      settings: { METRICS_PORT: String(port) },
    });
    expect((await callApi(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    await stopped.stop();
    await expect(callApi(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });
});

describe('without a port and a token for them', () => {
  it('there are no metrics', async () => {
    const server = await startTestApp();
    const { token } = await server.signIn('google', 'ada');
    for (const request of [{}, { token }]) expect((await server.api('/metrics', request)).status).toBe(404);
    await server.stop();
  });
});
