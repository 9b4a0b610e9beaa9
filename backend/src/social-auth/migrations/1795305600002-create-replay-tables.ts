import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nonces that were issued, and ID tokens that were used: each counts once on all replicas together. */
export class CreateReplayTables1795305600002 implements MigrationInterface {
  readonly name = 'CreateReplayTables1795305600002';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['social_auth_challenge', 'social_auth_used_credential']) {
      await runner.query(`
        create table ${table} (
          digest bytea primary key,
          expires_at timestamptz not null,
          constraint ${table}_stored check (octet_length(digest) = 32)
        )`);
      await runner.query(`create index ${table}_expires_at on ${table} (expires_at)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table social_auth_used_credential');
    await runner.query('drop table social_auth_challenge');
  }
}
