import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to here the index is built within seconds, for which sign-ins wait. */
const MOST_ROWS = 2_000_000;

const FORMER = 'social_auth_token_digest';
const INDEX = 'social_auth_token_digest_hash';
/** Of what is built here, as long as the name may still be that of what a failed build has left. */
const BUILT = `${INDEX}_built`;

/** By the locks of whoever builds: for which table it is, the progress shows to members of the builder's role alone. */
const BUILDERS = `
  select distinct pid from pg_stat_progress_create_index join pg_locks using (pid)
   where datname = current_database() and database = datid and relation = 'social_auth_token'::regclass
     and mode in ('ShareLock', 'ShareUpdateExclusiveLock')`;

/**
 * By its table: another schema on the search path may have an index of that name. And of that name is not enough: what
 * was left by a build that failed finds nothing.
 */
const FOUND = `
  select indisvalid and amname = 'hash' and indpred is null and pg_get_indexdef(indexrelid, 1, true) = 'digest' as serves
    from pg_index join pg_class index on index.oid = indexrelid join pg_am on pg_am.oid = index.relam
   where indrelid = 'social_auth_token'::regclass and index.relname = '${INDEX}'`;

const TABLE = `
  select relnamespace::regnamespace::text as schema, reltuples::float8 as rows
    from pg_class where oid = 'social_auth_token'::regclass`;

interface Table {
  /** Quoted where it has to be. */
  schema: string;
  /** Negative where nobody has counted yet, as after pg_upgrade. */
  rows: number;
}

/**
 * Finds tokens by an index that keeps four bytes of each digest instead of all 32, which is narrower and has no levels.
 * It serves the condition of the releases before as well. It enforces nothing: that no two digests are the same is as
 * sure as that nobody guesses a token.
 *
 * A migration runs in a transaction, in which no index can be built beside writers: a host with many tokens builds it
 * before, and the migration finds it there. While it is being built, the migration refuses before it locks anything:
 * such a build waits for transactions, and this one would wait for the build.
 */
export class NarrowTokenKey1795305600006 implements MigrationInterface {
  readonly name = 'NarrowTokenKey1795305600006';

  async up(runner: QueryRunner): Promise<void> {
    await keepBuildersAway(runner);
    const [found] = (await runner.query(FOUND)) as { serves: boolean }[];
    if (!found?.serves) await this.build(runner);
    // Reading waits from here on, and no longer than it takes to drop and to rename.
    const { schema } = await tableOf(runner);
    await runner.query(`drop index ${schema}.${FORMER}`);
    if (found?.serves) return;
    if (found) await runner.query(`drop index ${schema}.${INDEX}`);
    await runner.query(`alter index ${schema}.${BUILT} rename to ${INDEX}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await keepBuildersAway(runner);
    const { schema } = await tableOf(runner);
    await runner.query(`create unique index ${FORMER} on social_auth_token (digest)`);
    await runner.query(`drop index ${schema}.${INDEX}`);
  }

  private async build(runner: QueryRunner): Promise<void> {
    if ((await tableOf(runner)).rows < 0) await runner.query('analyze social_auth_token');
    if ((await tableOf(runner)).rows > MOST_ROWS) {
      throw new Error(
        `There are so many tokens that sign-ins would wait too long. Run this beside the previous release, and migrate` +
          ` again: create index concurrently ${INDEX} on social_auth_token using hash (digest)` +
          ` (after a failed attempt: drop index ${INDEX} before).`,
      );
    }
    await runner.query(`create index ${BUILT} on social_auth_token using hash (digest)`);
  }
}

async function keepBuildersAway(runner: QueryRunner): Promise<void> {
  const builders = (await runner.query(BUILDERS)) as { pid: number }[];
  if (builders.length > 0) {
    const pids = builders.map(({ pid }) => pid).join(', ');
    throw new Error(`An index of social_auth_token is being built (pid ${pids}). Migrate again when that has ended.`);
  }
  // Nobody who reads or writes waits for it, and no build begins after it.
  await runner.query('lock table social_auth_token in share update exclusive mode');
}

async function tableOf(runner: QueryRunner): Promise<Table> {
  const [table] = (await runner.query(TABLE)) as Table[];
  if (!table) throw new Error('There is no table social_auth_token.');
  return table;
}
