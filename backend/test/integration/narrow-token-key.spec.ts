import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { schemaOptions } from '../../src/app/database/data-source-options';
import { runMigrations } from '../../src/app/migrate';
import { describeOnPostgres } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import type { TemporaryDatabase } from '../support/postgres-server';

const MIGRATION = 'NarrowTokenKey1795305600006';
const FORMER_KEY = 'social_auth_token_digest';
const KEY = 'social_auth_token_digest_hash';
/** As the refusal and docs/scaling.md say it. */
const BUILD = `create index concurrently ${KEY} on social_auth_token using hash (digest)`;

const ACCOUNT = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';

describeOnPostgres('the migration to the narrow key of tokens', (postgres) => {
  let database: TemporaryDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await postgres().createDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await applyUntil(MIGRATION);
  }, 60_000);
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  /** The schema of the release before. */
  async function applyUntil(name: string): Promise<void> {
    const all = schemaOptions().migrations;
    const before = all.slice(
      0,
      all.findIndex((migration) => migration.name === name),
    );
    const source = await new DataSource({ ...schemaOptions(), migrations: before, url: database.url }).initialize();
    await source.runMigrations().finally(() => source.destroy());
  }

  const migrate = (): Promise<string[]> => runMigrations({ DATABASE_URL: database.url });

  /** So many tokens of one account, the digest of each of which is the SHA-256 of its number. */
  async function fill(tokens: number): Promise<void> {
    await client.query(`set session_replication_role = replica`);
    // It would count them, whatever is believed.
    await client.query('alter table social_auth_token set (autovacuum_enabled = off)');
    // Sorted when it is full, which takes a fraction of the time.
    await client.query(`drop index ${FORMER_KEY}`);
    await client.query(`
      insert into social_auth_account (id, email_verified, provider) values ('${ACCOUNT}', false, 'google')`);
    await client.query(`
      insert into social_auth_token (id, account_id, digest, key_id, provider, expires_at)
      select ('019a9f3e-7c1d-7b52-9a63-' || lpad(to_hex(n), 12, '0'))::uuid, '${ACCOUNT}', sha256(n::text::bytea), 'k1',
             'google', now() + interval '1 day'
        from generate_series(1, ${tokens}) n`);
    await client.query(`create unique index ${FORMER_KEY} on social_auth_token (digest)`);
    await client.query(`set session_replication_role = origin`);
  }

  /** Lets the database believe that there are so many; -1: nobody has counted. */
  const believe = (rows: number): Promise<unknown> =>
    client.query(`update pg_class set reltuples = ${rows} where oid = 'social_auth_token'::regclass`);

  const keys = async (): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(`
      select indexrelid::regclass::text || case when indisvalid then '' else ' invalid' end as name from pg_index
       where indrelid = 'social_auth_token'::regclass and indexrelid::regclass::text like '${FORMER_KEY}%' order by 1`);
    return rows.map(({ name }) => name);
  };

  const oidOf = async (index: string): Promise<unknown> =>
    (await client.query<{ oid: unknown }>(`select to_regclass('${index}')::oid as oid`)).rows[0]?.oid;

  /** Finds a token by its digest, as where the table is too long to be read from end to end. */
  async function expectFoundBy(key: string): Promise<void> {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze) select 1 from social_auth_token where digest = any(array[sha256('7')])`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(new RegExp(`Scan (using|on) ${key} `));
    // All of it; the index may have led to versions of the row that are gone.
    expect(plan.split('\n')[0]).toMatch(/\(actual .* rows=1(\.00)? /);
  }

  /** Runs something on a connection of its own, which ends with it. */
  async function beside<T>(run: (other: Client) => Promise<T>): Promise<T> {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    return run(other).finally(() => other.end());
  }

  /** The locks of the table, as `AccessExclusiveLock waits`. */
  const locksOf = async (table = 'social_auth_token'): Promise<string[]> => {
    const { rows } = await client.query<{ lock: string }>(`
      select mode || case when granted then '' else ' waits' end as lock from pg_locks
       where database = (select oid from pg_database where datname = current_database())
         and relation = '${table}'::regclass order by 1`);
    return rows.map(({ lock }) => lock);
  };

  const leaveInvalid = async (definition: string): Promise<void> => {
    await client.query(definition);
    await client.query(`update pg_index set indisvalid = false where indexrelid = '${KEY}'::regclass`);
  };

  it('builds it where there are few, in place of the former one', async () => {
    await fill(1_000);
    expect(await keys()).toEqual([FORMER_KEY]);
    expect(await migrate()).toContain(MIGRATION);
    expect(await keys()).toEqual([KEY]);
    await expectFoundBy(KEY);
  });

  it('up to two million, and refuses above, with what to run', async () => {
    await believe(2_000_001);
    await expect(migrate()).rejects.toThrow(`migrate again: ${BUILD} (`);
    expect(await keys()).toEqual([FORMER_KEY]);
    await believe(2_000_000);
    expect(await migrate()).toContain(MIGRATION);
    expect(await keys()).toEqual([KEY]);
  });

  it('refuses where they are many and nobody has counted, and takes over what was built beside writers', async () => {
    await client.query('alter table social_auth_token set unlogged');
    await fill(2_100_000);
    await believe(-1);
    await expect(migrate()).rejects.toThrow(BUILD);
    expect(await keys()).toEqual([FORMER_KEY]);

    const writer = new Client({ connectionString: database.url });
    await writer.connect();
    try {
      const built = client.query(BUILD).then(() => true);
      const write = `update social_auth_token set last_used_at = now() where digest = sha256('7')`;
      // As long as it is built, and the last one after it.
      for (let isBuilt = false; !isBuilt; isBuilt = await Promise.race([built, writer.query(write).then(() => false)]));
    } finally {
      await writer.end();
    }
    const oid = await oidOf(KEY);
    expect(await migrate()).toContain(MIGRATION);
    expect([await keys(), await oidOf(KEY)]).toEqual([[KEY], oid]);
    await expectFoundBy(KEY);
  }, 240_000);

  it.each([
    ['whose build has failed', `create index ${KEY} on social_auth_token using hash (digest)`],
    ['that is of something else', `create index ${KEY} on social_auth_token using hash (key_id)`],
    ['that is of some tokens', `create index ${KEY} on social_auth_token using hash (digest) where kind = 'personal'`],
  ])('takes over none %s', async (what, definition) => {
    await fill(1_000);
    if (what.includes('failed')) await leaveInvalid(definition);
    else await client.query(definition);
    await believe(2_000_001);
    await expect(migrate()).rejects.toThrow(`drop index ${KEY} before`);
    expect(await keys()).toHaveLength(2);
    await believe(1_000);
    expect(await migrate()).toContain(MIGRATION);
    expect(await keys()).toEqual([KEY]);
    await expectFoundBy(KEY);
  });

  it('refuses one that a broken build has really left, until it is gone', async () => {
    await fill(20_000);
    // A transaction that is older keeps the build waiting, and then it is called off.
    const older = new Client({ connectionString: database.url });
    await older.connect();
    await older.query('begin');
    await older.query('select 1 from social_auth_token limit 1');
    await older.query(`update social_auth_token set last_used_at = now() where digest = sha256('1')`);
    await client.query(`set statement_timeout = '1s'`);
    await expect(client.query(BUILD)).rejects.toThrow(/statement timeout/);
    await client.query(`set statement_timeout = 0`);
    await older.query('rollback');
    await older.end();
    expect(await keys()).toEqual([FORMER_KEY, `${KEY} invalid`]);
    await believe(2_000_001);
    await expect(migrate()).rejects.toThrow(`drop index ${KEY} before`);
    await client.query(`drop index ${KEY}`);
    await client.query(BUILD);
    expect(await migrate()).toContain(MIGRATION);
    expect(await keys()).toEqual([KEY]);
  });

  it('refuses while the index is being built, which it does not disturb, and takes it over then', async () => {
    await fill(1_000);
    await beside(async (older) => {
      await older.query('begin');
      await older.query(`update social_auth_token set last_used_at = now() where digest = sha256('1')`);
      const built = beside((operator) => operator.query(BUILD));
      await eventually(async () => expect(await keys()).toContain(`${KEY} invalid`));
      await expect(migrate()).rejects.toThrow(
        /^An index of social_auth_token is being built \(pid \d+\)\. Migrate again/,
      );
      expect(await locksOf()).not.toContainEqual(expect.stringContaining('waits'));
      await older.query('commit');
      await built;
    });
    const oid = await oidOf(KEY);
    expect(await keys()).toEqual([FORMER_KEY, KEY]);
    expect(await migrate()).toContain(MIGRATION);
    expect([await keys(), await oidOf(KEY)]).toEqual([[KEY], oid]);
  });

  it('sees that it is being built by another role', async () => {
    await fill(1_000);
    // Of those that every server has, one that is shown nothing of what others do.
    const owner = 'pg_signal_backend';
    await client.query(`grant create on schema public to ${owner}`);
    await client.query(`grant all on all tables in schema public to ${owner}`);
    await client.query(`grant all on all sequences in schema public to ${owner}`);
    await client.query(`alter table social_auth_token owner to ${owner}`);
    await client.query(`alter database ${database.name} set role = ${owner}`);
    await beside(async (older) => {
      await older.query('begin');
      await older.query('lock table social_auth_token in row exclusive mode');
      const built = beside(async (operator) => {
        await operator.query('set role none');
        await operator.query(BUILD);
      });
      await eventually(async () => expect(await keys()).toContain(`${KEY} invalid`));
      await expect(migrate()).rejects.toThrow(/is being built/);
      await older.query('commit');
      await built;
    });
  });

  it('refuses nothing for an index of another table that is being built', async () => {
    await fill(1_000);
    await client.query('create table other (digest bytea)');
    await beside(async (older) => {
      await older.query('begin');
      await older.query('lock table other in row exclusive mode');
      const built = beside((operator) => operator.query('create index concurrently other_digest on other (digest)'));
      const isBuilding = `select 1 from pg_stat_progress_create_index where datname = current_database()`;
      await eventually(async () => expect((await client.query(isBuilding)).rows).toHaveLength(1));
      expect(await migrate()).toContain(MIGRATION);
      await older.query('commit');
      await built;
    });
    expect(await keys()).toEqual([KEY]);
  });

  it('lets others read while it builds in place of what a failed build has left', async () => {
    await fill(1_000);
    await leaveInvalid(`create index ${KEY} on social_auth_token using hash (digest)`);
    await believe(1_000);
    await beside(async (reader) => {
      await reader.query('begin');
      await reader.query('select 1 from social_auth_token limit 1');
      const migrated = migrate();
      await eventually(async () => expect(await locksOf()).toContain('AccessExclusiveLock waits'));
      // So it has been built, beside the reader.
      expect(await locksOf()).toContain('ShareLock');
      await reader.query('commit');
      expect(await migrated).toContain(MIGRATION);
    });
    expect(await keys()).toEqual([KEY]);
    await expectFoundBy(KEY);
  });

  describe('with two schemas on the search path', () => {
    const searchPath = (path: string): Promise<unknown> =>
      client.query(`alter database ${database.name} set search_path = ${path}`);

    const keysOf = async (schema: string): Promise<string[]> => {
      const { rows } = await client.query<{ name: string }>(
        `select indexname as name from pg_indexes where schemaname = $1 and indexname like '${FORMER_KEY}%' order by 1`,
        [schema],
      );
      return rows.map(({ name }) => name);
    };

    /** A second schema that comes first, as the release before has made it. */
    async function addTenant(): Promise<void> {
      await client.query('create schema "Tenant"');
      await searchPath('"Tenant", public');
      await applyUntil(MIGRATION);
      expect(await keysOf('Tenant')).toEqual([FORMER_KEY]);
    }

    it.each([
      ['was built before', BUILD],
      ['is invalid', undefined],
    ])('leaves the index of the other schema alone that %s', async (_what, definition) => {
      if (definition) await client.query(definition);
      else await leaveInvalid(`create index ${KEY} on social_auth_token using hash (digest)`);
      await addTenant();
      const oid = await oidOf(`public.${KEY}`);
      expect(await migrate()).toContain(MIGRATION);
      expect(await keysOf('Tenant')).toEqual([KEY]);
      expect(await keysOf('public')).toEqual([FORMER_KEY, KEY]);
      expect(await oidOf(`public.${KEY}`)).toBe(oid);
    });

    it('drops no former one but its own', async () => {
      await addTenant();
      await client.query(`drop index "Tenant".${FORMER_KEY}`);
      await expect(migrate()).rejects.toThrow(/does not exist/);
      expect(await keysOf('public')).toEqual([FORMER_KEY]);
    });

    it('is taken back in its own', async () => {
      await migrate();
      await addTenant();
      await migrate();
      await client.query(`alter index "Tenant".${KEY} rename to mislaid`);
      const source = await new DataSource({ ...schemaOptions(), url: database.url }).initialize();
      const back = async (): Promise<void> => {
        for (const _migration of schemaOptions().migrations) await source.undoLastMigration();
      };
      await expect(back().finally(() => source.destroy())).rejects.toThrow(`index "${KEY}" does not exist`);
      expect(await keysOf('public')).toEqual([KEY]);
    });

    it('takes over its own behind an index of that name that comes first', async () => {
      await client.query(BUILD);
      const oid = await oidOf(`public.${KEY}`);
      await client.query('create schema "Tenant"');
      await client.query('create table "Tenant".other (digest bytea)');
      await client.query(`create index ${KEY} on "Tenant".other using hash (digest)`);
      // TypeORM looks for its list in the first one.
      await client.query('alter table schema_migration set schema "Tenant"');
      await searchPath('"Tenant", public');
      expect(await migrate()).toContain(MIGRATION);
      expect([await keysOf('public'), await oidOf(`public.${KEY}`)]).toEqual([[KEY], oid]);
      expect(await keysOf('Tenant')).toEqual([KEY]);
    });
  });

  it('leaves everything as it was where it fails, and can be taken back', async () => {
    await fill(1_000);
    await client.query(`drop index ${FORMER_KEY}`);
    await expect(migrate()).rejects.toThrow(/does not exist/);
    expect(await keys()).toEqual([]);
    await client.query(`create unique index ${FORMER_KEY} on social_auth_token (digest)`);
    await migrate();
    const source = await new DataSource({ ...schemaOptions(), url: database.url }).initialize();
    while ((await keys()).includes(KEY)) await source.undoLastMigration();
    await source.destroy();
    expect(await keys()).toEqual([FORMER_KEY]);
    await expectFoundBy(FORMER_KEY);
  });
});
