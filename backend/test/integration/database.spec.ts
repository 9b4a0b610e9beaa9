import { Test, type TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { DatabaseUnavailableError, SocialAuthDatabase } from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import type { TemporaryDatabase } from '../support/postgres-server';
import { TcpFaultProxy, type TcpFault } from '../support/tcp-fault-proxy';

const APPLICATION = 'database-spec';

describeOnPostgres('the database seam', (server) => {
  let temporary: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let module: TestingModule;
  let database: SocialAuthDatabase;

  const one = (): Promise<object[]> => database.query({ name: 'one', text: 'select 1 as one' });
  const inTransaction = (): Promise<unknown> => database.transaction((manager) => manager.query('select 1'));

  async function timed(work: () => Promise<unknown>): Promise<{ error: unknown; ms: number }> {
    const start = performance.now();
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, ms: performance.now() - start };
  }

  /** Fills the pool, so that every connection of it stands when the fault comes. */
  const fillPool = (): Promise<unknown> => Promise.all(Array.from({ length: 5 }, inTransaction));

  beforeAll(async () => {
    temporary = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: proxy.urlOf(temporary.url),
          installExtensions: false,
          poolSize: 5,
          applicationName: APPLICATION,
          extra: { connectionTimeoutMillis: 1_000 },
        }),
      ],
      providers: [SocialAuthDatabase],
    }).compile();
    module.useLogger(false);
    await module.init();
    database = module.get(SocialAuthDatabase);
  }, 60_000);
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await module.close();
    await proxy.stop();
    await temporary.drop();
  });

  const faults: TcpFault[] = [
    { kind: 'black-hole' },
    { kind: 'reset' },
    { kind: 'refuse' },
    { kind: 'half-open' },
    { kind: 'cut', afterBytes: 10 },
  ];

  it.each(faults)('U6 fails within 3 s on %o and works at once when it is over', async (fault) => {
    await fillPool();
    await proxy.inject(fault);
    for (const { error, ms } of await Promise.all([timed(one), timed(inTransaction)])) {
      expect(error).toBeInstanceOf(DatabaseUnavailableError);
      expect(ms).toBeLessThan(3_100);
    }
    await proxy.heal();
    for (const work of [one, inTransaction, one, inTransaction]) {
      const { error, ms } = await timed(work);
      expect(error).toBeUndefined();
      expect(ms).toBeLessThan(1_000);
    }
  });

  it('U6 leaks no connection over all those failures', async () => {
    await fillPool();
    const pool = (module.get(DataSource).driver as unknown as { master: Pool }).master;
    expect(pool.totalCount).toBeLessThanOrEqual(5);
    expect(pool.idleCount).toBe(pool.totalCount);
    const [row] = await database.query<{ n: number }>({
      text: 'select count(*)::int as n from pg_stat_activity where application_name = $1',
      values: [APPLICATION],
    });
    expect(row?.n).toBeLessThanOrEqual(5);
  });

  it('gives a transaction up that takes too long, and rolls it back', async () => {
    await database.query({ text: 'create table kept (n int)' });
    const slow = await timed(() =>
      database.transaction(async (manager) => {
        await manager.query('insert into kept values (1)');
        await manager.query('select pg_sleep(10)');
      }),
    );
    expect(slow.error).toBeInstanceOf(DatabaseUnavailableError);
    expect(slow.ms).toBeLessThan(2_500);
    expect(await database.query({ text: 'select * from kept' })).toEqual([]);
  });

  it('gives a statement up that takes too long, and hands no spoiled client to the next', async () => {
    const slow = await timed(() => database.query({ text: 'select pg_sleep(10)' }));
    expect(slow.error).toBeInstanceOf(DatabaseUnavailableError);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('lets an error of a statement through as what it is, and keeps the connection', async () => {
    await expect(database.query({ text: 'select * from nothing' })).rejects.toMatchObject({ code: '42P01' });
    await expect(database.transaction((manager) => manager.query('select 1/0'))).rejects.toMatchObject({
      code: '22012',
    });
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('says that the database is unavailable when it has no connection left to give', async () => {
    const busy = Array.from({ length: 5 }, () => database.query({ text: 'select pg_sleep(1.5)' }));
    const { error, ms } = await timed(one);
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(ms).toBeLessThan(1_400);
    await Promise.all(busy);
  });
});
