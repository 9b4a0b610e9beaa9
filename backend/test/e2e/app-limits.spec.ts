import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { Environment } from '../../src/app/settings/environment';
import { describeOnRedis } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import { TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp, type TestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { FRONTEND_SECRET } from '../support/test-environment';

describe('limits on signing in', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database?.stop();
    await idp?.stop();
  });
  afterEach(() => server?.stop());

  const start = async (settings: Environment): Promise<TestApp> =>
    (server = await startTestApp({ idp, database, settings }));

  const from = (address: string, secret = FRONTEND_SECRET) => ({
    headers: { 'x-frontend-secret': secret, 'x-client-address': address, 'x-client-user-agent': 'a browser' },
  });
  const garbage = (headers: Record<string, string> = {}) =>
    server.api('/auth/google', { json: { id_token: 'garbage' }, headers });
  const statuses = async (times: number, attempt: () => Promise<{ status: number }>): Promise<number[]> => {
    const seen: number[] = [];
    for (let i = 0; i < times; i++) seen.push((await attempt()).status);
    return seen;
  };

  it('D1 answer 429 with Retry-After once an address has tried too often, on all routes together', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '3' });
    expect(await statuses(3, () => garbage())).toEqual([401, 401, 401]);
    const answer = await server.api('/auth/auth0', { json: { id_token: 'garbage' } });
    expect([answer.status, answer.body.code]).toEqual([429, 'too_many_requests']);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(answer.text).not.toMatch(/throttl/i);
    expect(server.logs.events('sign_in').at(-1)).toMatchObject({ outcome: 'refused', code: 'too_many_requests' });
  });

  it('D1 answer 429 once a person has signed in more than a third as often, wherever from', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '5' });
    const attempts = await statuses(3, () => server.postIdToken('google', 'ada'));
    expect(attempts).toEqual([200, 200, 429]);
    const elsewhere = await server.postIdToken('google', 'ada', undefined, from('203.0.113.9'));
    expect([elsewhere.status, elsewhere.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  });

  it('D9 refuse a person who signs in too often before the others behind the address', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '12' });
    await statuses(8, () => server.postIdToken('google', 'ada'));
    expect((await server.postIdToken('google', 'ada')).status).toBe(429);
    expect((await server.postIdToken('google', 'ben')).status).toBe(200);
    expect((await server.postIdToken('auth0', 'ada')).status).toBe(200);
  });

  it('D9 count no request that a page of another site can make its visitors send', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '1' });
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'text/plain;application/json']) {
      const headers = { ...(type !== undefined && { 'content-type': type }) };
      const foreign = () => server.api('/auth/google', { method: 'POST', headers });
      expect([type, ...(await statuses(3, foreign))]).toEqual([type, 415, 415, 415]);
    }
    expect(await statuses(2, () => garbage())).toEqual([401, 429]);
  });

  it('D9 count attempts that they refuse: a client that loops uses up the limit of its address', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '4' });
    expect(await statuses(4, () => server.postIdToken('google', 'ada'))).toEqual([200, 200, 429, 429]);
    expect((await server.postIdToken('google', 'ben')).status).toBe(429);
  });

  it('let every route but those for signing in alone', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '1' });
    const { token } = await server.signIn('google', 'ada');
    expect((await garbage()).status).toBe(429);
    expect(await statuses(5, () => server.api('/accounts/me', { token }))).toEqual([200, 200, 200, 200, 200]);
  });

  it('count two visitors of one frontend apart', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '1' });
    expect(await statuses(2, () => garbage(from('203.0.113.1').headers))).toEqual([401, 429]);
    expect(await statuses(2, () => garbage(from('203.0.113.2').headers))).toEqual([401, 429]);
    expect(await statuses(2, () => garbage(from('2001:db8:1:1::1').headers))).toEqual([401, 429]);
    expect((await garbage(from('2001:db8:1:1::2').headers)).status).toBe(429);
    expect((await garbage(from('2001:db8:1:2::1').headers)).status).toBe(401);
  });

  it.each([
    ['without the secret', { 'x-client-address': '203.0.113.7' }],
    ['with a wrong secret', from('203.0.113.7', 'not-the-secret-of-the-frontend-at-all').headers],
    ['with no address', from('the moon').headers],
    ['in X-Forwarded-For', { 'x-forwarded-for': '203.0.113.7' }],
    ['in Forwarded', { forwarded: 'for=203.0.113.7' }],
    ['in X-Real-IP', { 'x-real-ip': '203.0.113.7' }],
  ])('H8 do not believe an address %s', async (_, headers) => {
    await start({ RATE_LIMIT_SIGN_IN: '1' });
    expect((await garbage()).status).toBe(401);
    expect((await garbage(headers)).status).toBe(429);
  });

  it.each([
    [{ TRUSTED_PROXIES: '127.0.0.0/8' }, '203.0.113.7', '203.0.113.8'],
    [{ TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' }, '203.0.113.7, 10.1.1.1', '203.0.113.8, 10.1.1.1'],
    [{ TRUST_PROXY_HOPS: '1' }, '203.0.113.7', '203.0.113.8'],
    [{ TRUST_PROXY_HOPS: '2' }, '203.0.113.7, 10.1.1.1', '203.0.113.8, 10.1.1.1'],
  ])('H8 believe forwarding headers from %j', async (trust, first, second) => {
    await start({ RATE_LIMIT_SIGN_IN: '1', ...trust });
    expect(await statuses(2, () => garbage({ 'x-forwarded-for': first }))).toEqual([401, 429]);
    expect((await garbage({ 'x-forwarded-for': second })).status).toBe(401);
  });

  it.each([{ TRUSTED_PROXIES: '10.0.0.0/8' }, { TRUST_PROXY_HOPS: '1' }])(
    'H8 believe only the hops of %j, not what was there before them',
    async (trust) => {
      await start({ RATE_LIMIT_SIGN_IN: '1', ...trust });
      expect((await garbage({ 'x-forwarded-for': '198.51.100.1, 203.0.113.7' })).status).toBe(401);
      expect((await garbage({ 'x-forwarded-for': '198.51.100.2, 203.0.113.7' })).status).toBe(429);
    },
  );

  it('are off at 0', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '0' });
    expect(new Set(await statuses(40, () => garbage()))).toEqual(new Set([401]));
  });

  describeOnRedis('with Redis', (redis) => {
    let proxy: TcpFaultProxy;
    const running: TestApp[] = [];
    let addresses = 0;
    const freshAddress = () => `203.0.113.${++addresses}`;

    beforeAll(async () => {
      proxy = await TcpFaultProxy.start(redis());
    });
    afterEach(async () => {
      for (const app of running.splice(0)) await app.stop();
      await proxy.heal();
    });
    afterAll(() => proxy?.stop());

    const startReplica = async (limit: string): Promise<TestApp> => {
      const settings = { RATE_LIMIT_SIGN_IN: limit, REDIS_URL: proxy.urlOf(redis().url) };
      const replica = await startTestApp({ idp, database, settings });
      running.push(replica);
      await eventually(async () => expect((await replica.api('/health/ready')).body.redis).toBe('up'));
      return replica;
    };
    const attempt = (replica: TestApp, address: string) =>
      replica.api('/auth/google', { json: { id_token: 'garbage' }, headers: from(address).headers });

    /** For an address that is new each time: while a busy machine keeps Redis waiting, replicas count by themselves. */
    const expectOneCount = (one: TestApp, two: TestApp) =>
      eventually(async () => {
        const address = freshAddress();
        const answers: number[] = [];
        for (const replica of [one, two, one, two]) answers.push((await attempt(replica, address)).status);
        expect(answers).toEqual([401, 401, 429, 429]);
      }, 20_000);

    it('D1 hold across replicas', async () => {
      await expectOneCount(await startReplica('2'), await startReplica('2'));
    });

    it.each([
      ['refuses', { kind: 'refuse' }],
      ['resets', { kind: 'reset' }],
      ['is a black hole', { kind: 'black-hole' }],
      ['is half-open', { kind: 'half-open' }],
      ['is cut', { kind: 'cut', afterBytes: 2 }],
      ['is slow', { kind: 'latency', ms: 1500 }],
    ] as const)('count for each process while Redis %s, and together again afterwards', async (_, fault) => {
      const replica = await startReplica('2');
      await proxy.inject(fault);
      const address = freshAddress();
      expect((await attempt(replica, address)).status).toBe(401);
      expect((await attempt(replica, address)).status).toBe(401);
      expect((await attempt(replica, address)).status).toBe(429);
      expect((await replica.api('/health/ready')).status).toBe(200);
      expect((await replica.signIn('google', 'wanda')).token_type).toBe('Bearer');
      for (let i = 0; i < 20; i++) await attempt(replica, `198.51.100.${i}`);
      expect(replica.logs.events('redis_away')).toHaveLength(1);

      await proxy.heal();
      await eventually(async () => {
        await attempt(replica, '192.0.2.1');
        expect(replica.logs.events('redis_back')).toHaveLength(1);
      }, 20_000);
      await expectOneCount(replica, await startReplica('2'));
    });
  });
});
