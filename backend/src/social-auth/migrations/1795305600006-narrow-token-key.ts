import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to here the index is built within seconds, for which sign-ins wait. */
const MOST_ROWS = 2_000_000;

const INDEX = 'social_auth_token_digest_hash';

const IS_THERE = `
  select 1 from pg_index where indexrelid = to_regclass('${INDEX}') and indisvalid
     and indrelid = 'social_auth_token'::regclass`;

const ROWS = `select reltuples::float8 as rows from pg_class where oid = 'social_auth_token'::regclass`;

/**
 * Finds tokens by an index that keeps four bytes of each digest instead of all 32, which is narrower and has no levels.
 * It serves the condition of the releases before as well. It enforces nothing: that no two digests are the same is as
 * sure as that nobody guesses a token.
 *
 * A migration runs in a transaction, in which no index can be built beside writers: a host with many tokens builds it
 * before, and the migration finds it there.
 */
export class NarrowTokenKey1795305600006 implements MigrationInterface {
  readonly name = 'NarrowTokenKey1795305600006';

  async up(runner: QueryRunner): Promise<void> {
    if (((await runner.query(IS_THERE)) as object[]).length === 0) await this.build(runner);
    await runner.query('drop index social_auth_token_digest');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create unique index social_auth_token_digest on social_auth_token (digest)');
    await runner.query(`drop index ${INDEX}`);
  }

  private async build(runner: QueryRunner): Promise<void> {
    const [table] = (await runner.query(ROWS)) as { rows: number }[];
    if (table && table.rows > MOST_ROWS) {
      throw new Error(
        `There are so many tokens that sign-ins would wait too long. Run this beside the previous release, and migrate` +
          ` again: create index concurrently ${INDEX} on social_auth_token using hash (digest)` +
          ` (after a failed attempt: drop index ${INDEX} before).`,
      );
    }
    await runner.query(`create index ${INDEX} on social_auth_token using hash (digest)`);
  }
}
