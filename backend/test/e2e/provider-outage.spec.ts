import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoIdentityProvider, FAULT_KINDS, type Endpoint, type FaultKind } from '../../dev/demo-identity-provider';
import { Clock } from '../../src/social-auth';
import type { ApiAnswer } from '../support/api-client';
import { patienceFor } from '../support/patience';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const BOTH: IssuerName[] = ['google', 'auth0'];
const ENDPOINTS: Endpoint[] = ['jwks', 'tokeninfo', 'userinfo', 'discovery', 'token', 'authorization'];

function spoil(
  idp: DemoIdentityProvider,
  fault: FaultKind | undefined,
  endpoints: readonly Endpoint[] = ENDPOINTS,
): void {
  for (const name of BOTH) for (const endpoint of endpoints) idp[name].fault(endpoint, fault);
}

function expectOutage({ status, headers, body }: ApiAnswer): void {
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'provider_unavailable' });
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(headers.get('www-authenticate')).toBeNull();
}

/** Moves the steady clock of a server on, as if so many seconds had passed. */
function letPass(server: TestApp, seconds: number): void {
  const clock = server.app.get(Clock);
  const before = clock.monotonic.bind(clock);
  clock.monotonic = () => before() + seconds * 1_000;
}

describe('an outage of the issuers', () => {
  let idp: DemoIdentityProvider;
  let server: TestApp;
  const postIdToken = (issuer: IssuerName): Promise<ApiAnswer> => server.postIdToken(issuer, 'ada');
  const postAccessToken = async (): Promise<ApiAnswer> => {
    const { accessToken } = await idp.google.issue('ada');
    return server.api('/auth/google', { json: { access_token: accessToken } });
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    server = await startTestApp({ idp });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await idp?.stop();
  });
  afterEach(() => spoil(idp, undefined));

  it('U3 before the first key was ever fetched is a 503 with Retry-After, and people get in afterwards', async () => {
    spoil(idp, '503');
    for (const issuer of BOTH) expectOutage(await postIdToken(issuer));
    spoil(idp, undefined);
    letPass(server, 5);
    for (const issuer of BOTH) expect((await postIdToken(issuer)).status).toBe(200);
  });

  it('keeps signed-in people working, and lets new ones in by the keys that are known', async () => {
    const { token } = await server.signIn('google', 'ada');
    const { token: other } = await server.signIn('auth0', 'ada');
    spoil(idp, 'reset');
    for (const bearer of [token, other]) {
      expect((await server.api('/accounts/me', { token: bearer })).status).toBe(200);
      expect((await server.api('/notes', { token: bearer, json: { text: 'written in an outage' } })).status).toBe(201);
    }
    for (const issuer of BOTH) expect((await postIdToken(issuer)).status).toBe(200);
    expectOutage(await postAccessToken());
    expect((await server.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
    expect((await server.api('/accounts/me', { token })).status).toBe(401);
  });

  it('U2 leaves the known keys working for hours, and no longer than a day', async () => {
    for (const issuer of BOTH) await server.signIn(issuer, 'ada');
    spoil(idp, '500');
    letPass(server, 20 * 3_600);
    for (const issuer of BOTH) expect((await postIdToken(issuer)).status).toBe(200);
    letPass(server, 4 * 3_600);
    for (const issuer of BOTH) expectOutage(await postIdToken(issuer));
    spoil(idp, undefined);
    letPass(server, 5);
    for (const issuer of BOTH) expect((await postIdToken(issuer)).status).toBe(200);
  });

  it('is reported by health and turns nothing red', async () => {
    spoil(idp, 'empty');
    letPass(server, 3_600);
    for (const issuer of BOTH) await postIdToken(issuer);
    const { status, text } = await server.api('/health/ready');
    expect(status).toBe(200);
    expect(text).toContain('down');
  });

  it('U4 leads to no redirect and no request but those that are bounded in time', async () => {
    idp.google.resetFaults();
    spoil(idp, 'redirect');
    letPass(server, 90_000);
    for (const issuer of BOTH) expectOutage(await postIdToken(issuer));
    expectOutage(await postAccessToken());
    expect([idp.google.hits('redirected'), idp.auth0.hits('redirected')]).toEqual([0, 0]);
  });

  describe.each(FAULT_KINDS)('by the fault %s', (fault) => {
    it('U1 U5 answers every kind of sign-in in time as an outage, and recovers without a restart', async () => {
      for (const issuer of BOTH) await idp[issuer].rotate();
      letPass(server, 90_000);
      spoil(idp, fault);
      const started = performance.now();
      const answers = await Promise.all([postIdToken('google'), postIdToken('auth0'), postAccessToken()]);
      expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
      answers.forEach(expectOutage);
      spoil(idp, undefined);
      letPass(server, 5);
      expect((await postIdToken('google')).status).toBe(200);
      expect((await postIdToken('auth0')).status).toBe(200);
      expect((await postAccessToken()).status).toBe(200);
    });
  });

  it('logs what it noticed, once for each attempt to reach the issuer, and nothing of a person', () => {
    const lines = server.logs.events('provider_keys_unavailable');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatchObject({ jwksUri: expect.stringContaining('http') as string });
    expect(server.logs.text).not.toMatch(/eyJ|ya29|Ada Winter|@example/);
    // Of the issuers, that is: a busy machine may make a statement wait for too long.
    const ofIssuers = server.logs.lines.filter(({ event }) => event !== 'database_unavailable');
    expect(ofIssuers.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  });
});

describe('issuers that are gone, and come back', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'issuers-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('U3 the server starts without them, serves who is signed in, and lets people in when they are back', async () => {
    const keysFile = join(home, 'keys.json');
    let idp = await DemoIdentityProvider.start({ keysFile });
    const { port } = idp;
    const settings = { TOKEN_HMAC_KEYS: `test:${randomBytes(32).toString('base64')}` };
    const first = await startTestApp({ idp, settings });
    const { token } = await first.signIn('google', 'ada');
    const posted = { json: { id_token: (await idp.google.issue('ada')).idToken } };
    await idp.stop();

    const second = await startTestApp({ idp, settings, database: first.database, migrate: false });
    expect((await second.api('/accounts/me', { token })).status).toBe(200);
    expect((await second.api('/health/ready')).status).toBe(200);
    expectOutage(await second.api('/auth/google', posted));
    expect((await first.api('/auth/google', posted)).status).toBe(200);

    idp = await DemoIdentityProvider.start({ keysFile, port });
    letPass(second, 5);
    expect((await second.api('/auth/google', posted)).status).toBe(200);
    await second.stop();
    await first.stop();
    await idp.stop();
  }, 60_000);
});
