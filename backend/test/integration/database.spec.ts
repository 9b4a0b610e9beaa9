import { inspect } from 'node:util';
import { Test, type TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client, type Pool, type PoolClient } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { DatabaseUnavailableError, SocialAuthDatabase, StatementFailedError } from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import type { TemporaryDatabase } from '../support/postgres-server';
import { patienceFor } from '../support/patience';
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
        }),
      ],
      providers: [
        {
          provide: SocialAuthDatabase,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new SocialAuthDatabase(dataSource),
        },
      ],
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

  it.each(faults)('U6 fails by its deadline on %o and works at once when it is over', async (fault) => {
    await fillPool();
    await proxy.inject(fault);
    for (const { error, ms } of await Promise.all([timed(one), timed(inTransaction)])) {
      expect(error).toBeInstanceOf(DatabaseUnavailableError);
      expect(ms).toBeLessThan(patienceFor(3_000));
    }
    await proxy.heal();
    for (const work of [one, inTransaction, one, inTransaction]) {
      const { error } = await timed(work);
      expect(error).toBeUndefined();
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

  it('prepares a statement anew where the server has lost it', async () => {
    await one();
    await database.query({ text: 'deallocate all' });
    await expect(one()).rejects.toThrow(StatementFailedError);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('says that the database is unavailable when it has no connection left to give', async () => {
    const ended: string[] = [];
    const note = (name: string) => () => void ended.push(name);
    const busy = Array.from({ length: 5 }, () => timed(() => database.query({ text: 'select pg_sleep(10)' })));
    const [refused] = await Promise.all([
      timed(one).finally(note('one')),
      ...busy.map((work) => work.finally(note('busy'))),
    ]);
    expect(refused.error).toBeInstanceOf(DatabaseUnavailableError);
    // It was refused a connection: it did not wait until one was free.
    expect(ended[0]).toBe('one');
  });

  it('U6 is slow for one, and not out of order for all, when a transaction takes too long', async () => {
    await fillPool();
    const pids = async (): Promise<number[]> => {
      const rows = await database.query<{ pid: number }>({
        text: 'select pid from pg_stat_activity where application_name = $1 order by pid',
        values: [APPLICATION],
      });
      return rows.map(({ pid }) => pid);
    };
    const before = await pids();
    await timed(() => database.transaction((manager) => manager.query('select pg_sleep(10)')));
    await fillPool();
    const after = await pids();
    expect(before.filter((pid) => after.includes(pid)).length).toBeGreaterThanOrEqual(before.length - 1);
  });

  it('throws on what the work in a transaction throws on its own account', async () => {
    const own = Object.assign(new Error('the host’s mail server is down'), { code: 'ECONNREFUSED' });
    const { error } = await timed(() => database.transaction(() => Promise.reject(own)));
    expect(error).toBe(own);
  });

  const caught = async (manager: EntityManager): Promise<void> => {
    await manager.query('select 1 / 0').catch(() => undefined);
  };
  // As is one whose error was heard before the server's last word of it.
  const underWay = async ({ queryRunner }: EntityManager): Promise<void> => {
    const client = (await queryRunner?.connect()) as PoolClient;
    client.query('select 1 / 0').catch(() => undefined);
  };

  it.each([
    ['was caught', caught],
    ['is under way', underWay],
  ])('does not take a transaction for committed whose refused statement %s', async (_where, fail) => {
    await database.query({ text: 'create table if not exists caught (id integer)' });
    const committed: string[] = [];
    const { error } = await timed(() =>
      database.transaction(async (manager) => {
        database.afterCommit(manager, () => committed.push('told'));
        await manager.query('insert into caught values (1)');
        await fail(manager);
      }),
    );
    expect(error).toMatchObject({ name: 'StatementFailedError', code: '25P02' });
    expect(committed).toEqual([]);
    expect(await database.query({ text: 'select * from caught' })).toEqual([]);
    await expect(one()).resolves.toEqual([{ one: 1 }]);
  });

  it('commits where the work has gone back to a savepoint', async () => {
    await database.query({ text: 'create table if not exists saved (id integer)' });
    await database.transaction(async (manager) => {
      await manager.query('insert into saved values (1)');
      await manager.query('savepoint before');
      await manager.query('select 1 / 0').catch(() => manager.query('rollback to savepoint before'));
    });
    expect(await database.query({ text: 'select * from saved' })).toEqual([{ id: 1 }]);
  });

  it('L5 says nothing of a refused statement but its code and constraint', async () => {
    await database.query({ text: 'create table secretive (email text constraint unique_email unique)' });
    const insert = (): Promise<unknown> =>
      database.transaction((manager) => manager.query('insert into secretive values ($1)', ['marker@example.com']));
    await insert();
    const { error } = await timed(insert);
    expect(error).toMatchObject({ name: 'StatementFailedError', code: '23505', constraint: 'unique_email' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('marker');
  });

  it('G8 is unavailable, and not at fault, when the server refuses the login', async () => {
    const execute = (sql: string): Promise<unknown> => administrate(server().url, sql);
    await execute(`alter database ${temporary.name} with allow_connections false`);
    await execute(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${temporary.name}'`);
    for (const work of [one, inTransaction, one]) {
      expect((await timed(work)).error).toBeInstanceOf(DatabaseUnavailableError);
    }
    await execute(`alter database ${temporary.name} with allow_connections true`);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('runs transactions as READ COMMITTED, whatever the database’s default is', async () => {
    await administrate(
      server().url,
      `alter database ${temporary.name} set default_transaction_isolation = 'serializable'`,
    );
    await administrate(
      server().url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${temporary.name}'`,
    );
    await timed(one);
    const level = await database.transaction((manager) => manager.query<object[]>('show transaction_isolation'));
    expect(level).toEqual([{ transaction_isolation: 'read committed' }]);
  });
});

async function administrate(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
