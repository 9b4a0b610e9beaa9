import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { APPLICATION_NAME } from '../../src/app/database/data-source-options';
import { describeOnPostgres } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import type { TemporaryDatabase } from '../support/postgres-server';
import { patienceFor } from '../support/patience';
import { type TcpFault, TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp, type TestApp } from '../support/test-app';

const POOL_MAX = 5;
/** A little longer than readiness keeps what the database said. */
const READINESS_KEPT_MS = 1100;

describeOnPostgres('U6 while the database is not well', (postgres) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let server: TestApp;
  let token: string;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await postgres().createDatabase();
    proxy = await TcpFaultProxy.start(postgres());
    const url = `${proxy.urlOf(database.url)}?pool_max=${POOL_MAX}`;
    // Every request is to need the database.
    const settings = { TOKEN_CACHE_SIZE: '0' };
    server = await startTestApp({ idp, database: { url, stop: () => database.drop() }, settings });
    ({ token } = await server.signIn('google', 'ada'));
  });
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await server?.stop();
    await proxy?.stop();
    await database?.drop();
    await idp?.stop();
  });

  const me = () => server.api('/accounts/me', { token });
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const started = performance.now();
    return [await work(), performance.now() - started];
  };

  async function countConnections(): Promise<number> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1 AND application_name = $2',
      [database.name, APPLICATION_NAME],
    );
    await client.end();
    return rows[0]?.count ?? 0;
  }

  const recover = async (): Promise<void> => {
    await proxy.heal();
    await eventually(async () => {
      const answers = await Promise.all(Array.from({ length: POOL_MAX * 2 }, me));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }, patienceFor(5_000));
    await eventually(async () => expect(await countConnections()).toBeLessThanOrEqual(POOL_MAX));
  };

  const faults: [string, TcpFault][] = [
    ['resets its connections', { kind: 'reset' }],
    ['is a black hole', { kind: 'black-hole' }],
    ['refuses connections', { kind: 'refuse' }],
    ['is cut off in the middle of an answer', { kind: 'cut', afterBytes: 3 }],
    ['leaves its connections half-open', { kind: 'half-open' }],
    ['answers too slowly', { kind: 'latency', ms: 4000 }],
  ];

  describe.each(faults)('because it %s', (_, fault) => {
    it('guarded requests and sign-ins are answered 503 by their deadline, others as ever, and all recovers', async () => {
      await Promise.all(Array.from({ length: POOL_MAX * 2 }, me));
      await proxy.inject(fault);
      const [answers, ms] = await timed(() =>
        Promise.all([
          ...Array.from({ length: POOL_MAX * 2 }, me),
          server.postIdToken('google', 'ben'),
          server.api('/notes', { token, json: { text: 'x' } }),
        ]),
      );
      for (const { status, headers, body } of answers) {
        expect([status, body.code]).toEqual([503, 'database_unavailable']);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(ms).toBeLessThan(patienceFor(3_000));
      expect((await server.api('/health/live')).status).toBe(200);
      expect((await server.api('/accounts/me')).status).toBe(401);
      expect((await server.api('/accounts/me', { token: 'nte_junk' })).status).toBe(401);
      await recover();
    });

    it('readiness is red by its deadline, and green again', async () => {
      await sleep(READINESS_KEPT_MS);
      await proxy.inject(fault);
      const [answer, ms] = await timed(() => server.api('/health/ready'));
      expect([answer.status, answer.body.status, answer.body.database]).toEqual([503, 'not_ready', 'down']);
      expect(ms).toBeLessThan(patienceFor(3_000));
      await recover();
      await sleep(READINESS_KEPT_MS);
      expect((await server.api('/health/ready')).body).toMatchObject({ status: 'ready', database: 'up' });
    });
  });

  it('a latency of 300 ms is borne', async () => {
    await recover();
    await proxy.inject({ kind: 'latency', ms: 300 });
    expect((await me()).status).toBe(200);
    await recover();
  });

  it('no connection is left over after twenty faults in a row', async () => {
    for (let round = 0; round < 20; round++) {
      await proxy.inject({ kind: round % 2 === 0 ? 'reset' : 'half-open' });
      void me();
      await proxy.heal();
    }
    await recover();
    expect(await countConnections()).toBeLessThanOrEqual(POOL_MAX);
  });

  it('one line tells that it went, and one that it came back', async () => {
    server.logs.clear();
    await proxy.inject({ kind: 'refuse' });
    for (let i = 0; i < 10; i++) await me();
    await recover();
    expect(server.logs.events('database_unavailable')).toHaveLength(1);
    expect(server.logs.events('database_recovered')).toHaveLength(1);
  });
});

describeOnPostgres('U6 where the database is not there at the start', (postgres) => {
  it.each([
    { kind: 'refuse', tells: { code: 'ECONNREFUSED' } },
    { kind: 'black-hole', tells: { message: 'timeout expired' } },
  ] as const)('the server lives, is not ready, and becomes so by itself when $kind ends', async (fault) => {
    const settings = { MIGRATE_ON_START: 'true' };
    const database = await postgres().createDatabase();
    const proxy = await TcpFaultProxy.start(postgres());
    await proxy.inject(fault);
    const url = proxy.urlOf(database.url);
    const server = await startTestApp({ database: { url, stop: () => database.drop() }, settings, migrate: false });
    try {
      const [told, ...more] = server.logs.events('database_unreachable_at_start');
      expect([told?.err, more]).toEqual([expect.objectContaining(fault.tells), []]);
      expect((await server.api('/health/live')).status).toBe(200);
      expect((await server.api('/health/ready')).status).toBe(503);
      expect((await server.postIdToken('google', 'ada')).status).toBe(503);
      await proxy.heal();
      await eventually(async () => expect((await server.api('/health/ready')).status).toBe(200), 15_000);
      expect((await server.postIdToken('google', 'ada')).status).toBe(200);
    } finally {
      await server.stop();
      await proxy.stop();
      await database.drop();
    }
  });

  it('readiness says that migrations are missing', async () => {
    const database = await postgres().createDatabase();
    const server = await startTestApp({ database: { url: database.url, stop: () => database.drop() }, migrate: false });
    const answer = await server.api('/health/ready');
    expect([answer.status, answer.body.database]).toEqual([503, 'migrations_missing']);
    await server.stop();
    await database.drop();
  });

  it.each([['a wrong database name', (url: string) => `${url}_nowhere`]])(
    '%s ends the start: waiting would not mend it',
    async (_, spoil) => {
      const database = await postgres().createDatabase();
      await expect(
        startTestApp({ database: { url: spoil(database.url), stop: () => database.drop() }, migrate: false }),
      ).rejects.toThrow(/does not exist/);
      await database.drop();
    },
  );
});
