import { Test, type TestingModule } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client, types, type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { DatabaseUnavailableError, SocialAuthDatabase, StatementFailedError } from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import type { TemporaryDatabase } from '../support/postgres-server';
import { TcpFaultProxy } from '../support/tcp-fault-proxy';

const LOCK = { name: 'lock', text: 'select 1 from door where id = $1 for update', values: [1] };
const COUNT = { name: 'count', text: 'select count(*)::integer as visitors from visitor where door = $1', values: [1] };
const ENTER = { name: 'enter', text: 'insert into visitor (door, name) values ($1, $2) returning name, at' };

describeOnPostgres('a pipeline of statements', (server) => {
  let temporary: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let module: TestingModule;
  let database: SocialAuthDatabase;
  let other: Client;

  /** @param extra what the host gives to pg. */
  async function open(extra: object = {}): Promise<void> {
    module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: proxy.urlOf(temporary.url),
          installExtensions: false,
          poolSize: 2,
          extra,
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
  }

  beforeAll(async () => {
    temporary = await server().createDatabase();
    proxy = await TcpFaultProxy.start(server());
    other = new Client({ connectionString: temporary.url });
    await other.connect();
    await other.query('create table door (id integer primary key)');
    await other.query('create table visitor (door integer, name text unique, at timestamptz default now())');
    await other.query('insert into door values (1)');
  }, 60_000);
  beforeEach(async () => {
    await other.query('delete from visitor');
    await open();
  });
  afterEach(async () => {
    await proxy.heal();
    await module.close();
  });
  afterAll(async () => {
    await other.end();
    await proxy.stop();
    await temporary.drop();
  });

  it('brings the rows of each statement, as the driver makes them of their types', async () => {
    const enter = { ...ENTER, values: [1, 'Ada'] };
    const results = await database.pipeline([
      LOCK,
      enter,
      COUNT,
      { text: `select null as nothing, '{a,b}'::text[] as list` },
    ]);
    expect(results).toEqual([
      [{ '?column?': 1 }],
      [{ name: 'Ada', at: expect.any(Date) as Date }],
      [{ visitors: 1 }],
      [{ nothing: null, list: ['a', 'b'] }],
    ]);
    expect(await database.pipeline([COUNT])).toEqual([[{ visitors: 1 }]]);
  });

  it('has happened as a whole or not at all, and the next one works', async () => {
    const twice = [ENTER, ENTER].map((statement) => ({ ...statement, values: [1, 'Ada'] }));
    await expect(database.pipeline(twice)).rejects.toThrow(StatementFailedError);
    expect(await database.pipeline([COUNT])).toEqual([[{ visitors: 0 }]]);
    expect(await database.pipeline([{ ...ENTER, values: [1, 'Ada'] }])).toHaveLength(1);
  });

  /** Somebody holds the lock and enters, while a pipeline waits for it. */
  async function countBehindLock(): Promise<unknown> {
    await other.query('begin');
    await other.query('select 1 from door for update');
    const waiting = database.pipeline([LOCK, COUNT]);
    const watcher = new Client({ connectionString: temporary.url });
    await watcher.connect();
    await eventually(async () => {
      const { rowCount } = await watcher.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(1);
    });
    await watcher.end();
    await other.query(`insert into visitor values (1, 'Ben')`);
    await other.query('commit');
    return (await waiting)[1];
  }

  it('fails where a type parser of the host throws, and the next one works', async () => {
    const { MONEY } = types.builtins;
    const parse = types.getTypeParser(MONEY, 'text') as (text: string) => unknown;
    types.setTypeParser(MONEY, () => {
      throw new Error('no money here');
    });
    try {
      const asked = database.pipeline([{ text: `select '1'::money from generate_series(1, 2)` }, COUNT]);
      await expect(asked).rejects.toThrow(StatementFailedError);
    } finally {
      types.setTypeParser(MONEY, parse);
    }
    expect(await database.pipeline([COUNT])).toEqual([[{ visitors: 0 }]]);
  });

  it('sees in each statement what was committed before it, and holds its locks to the end', async () => {
    expect(await countBehindLock()).toEqual([{ visitors: 1 }]);
  });

  it('does so on a database with another isolation level by default', async () => {
    const name = temporary.name;
    await other.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
    await module.close();
    await open();
    expect(await countBehindLock()).toEqual([{ visitors: 1 }]);
    await other.query(`alter database ${name} reset default_transaction_isolation`);
  });

  it("does so where the host has set pg's own pipeline mode", async () => {
    await module.close();
    await open({ pipeline: true });
    expect(await countBehindLock()).toEqual([{ visitors: 1 }]);
  });

  it('takes one round trip', async () => {
    const answers: string[] = [];
    await database.pipeline([LOCK, COUNT]);
    const { master } = module.get(DataSource).driver as unknown as { master: Pool };
    const client = await master.connect();
    const { connection } = client as unknown as {
      connection: { on(event: 'message', heard: (of: { name: string }) => void): void };
    };
    // pg tells its messages to whoever listens for all of them.
    connection.on('message', ({ name }) => answers.push(name));
    client.release();
    await Promise.all([database.pipeline([LOCK, COUNT]), database.pipeline([LOCK, COUNT])]);
    expect(answers.filter((name) => name === 'readyForQuery')).toHaveLength(1);
    expect(answers.filter((name) => name === 'parseComplete')).toHaveLength(0);
    expect(answers.filter((name) => name === 'commandComplete')).toHaveLength(2);
  });

  it.each([{ kind: 'black-hole' }, { kind: 'reset' }] as const)(
    'U6 fails by its deadline on %o and works at once when it is over',
    async (fault) => {
      await database.pipeline([LOCK, COUNT]);
      await proxy.inject(fault);
      await expect(database.pipeline([LOCK, COUNT])).rejects.toThrow(DatabaseUnavailableError);
      await proxy.heal();
      expect(await database.pipeline([LOCK, COUNT])).toHaveLength(2);
    },
  );
});
