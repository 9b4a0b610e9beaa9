import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { LookupFigures } from '../../src/social-auth';
import { untilHeard } from '../support/as-operator';
import { describeOnPostgres } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import type { TemporaryDatabase } from '../support/postgres-server';
import { TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp, type TestApp } from '../support/test-app';

describeOnPostgres('what the guard keeps in memory', (postgres) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  /** Its database is reached through the proxy. */
  let server: TestApp;
  /** Another replica. */
  let other: TestApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await postgres().createDatabase();
    proxy = await TcpFaultProxy.start(postgres());
    const start = (url: string, settings = {}): Promise<TestApp> =>
      startTestApp({ idp, database: { url, stop: () => database.drop() }, settings });
    server = await start(proxy.urlOf(database.url));
    other = await start(database.url, { TOKEN_HMAC_KEYS: server.environment.TOKEN_HMAC_KEYS });
  }, 60_000);
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await server?.stop();
    await other?.stop();
    await proxy?.stop();
    await database?.drop();
    await idp?.stop();
  });

  const use = async (token: string, at = server): Promise<number> => (await at.api('/accounts/me', { token })).status;
  const hits = (): number => server.app.get(LookupFigures, { strict: false }).hits;

  it('answers a token that was used a moment ago', async () => {
    const { token } = await server.signIn('google', 'ada');
    await untilHeard(server.app);
    const before = hits();
    // Whatever the machine does besides, not all of these come while the feed is stale.
    for (let uses = 0; uses < 20; uses += 1) expect(await use(token)).toBe(200);
    expect(hits()).toBeGreaterThan(before);
  });

  it('T6 is gone with the answer that ends the token, and soon on another replica', async () => {
    const { token } = await server.signIn('google', 'ada');
    expect([await use(token), await use(token, other)]).toEqual([200, 200]);
    expect((await server.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
    expect(await use(token)).toBe(401);
    await untilHeard(other.app);
    expect(await use(token, other)).toBe(401);
  });

  it('U6 is not believed once the feed has not been read for the bound: an outage is 503, never 401, and heals', async () => {
    const { token } = await server.signIn('google', 'ada');
    expect(await use(token)).toBe(200);
    await proxy.inject({ kind: 'refuse' });
    await eventually(async () => expect(await use(token)).toBe(503), 20_000);
    expect(await use(token)).toBe(503);
    // Nobody can tell this replica.
    expect((await other.api('/auth/logout', { method: 'POST', token })).status).toBe(204);
    expect(await use(token)).toBe(503);
    await proxy.heal();
    await eventually(async () => expect(await use(token)).toBe(401), 20_000);
  });
});
