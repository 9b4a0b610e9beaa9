import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators look for: accounts by an address, a subject, or that they are disabled; events by their type. */
export class CreateAccountSearch1795305600004 implements MigrationInterface {
  readonly name = 'CreateAccountSearch1795305600004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index social_auth_account_email on social_auth_account (lower(email collate "C"), id)');
    await runner.query(`
      create index social_auth_account_disabled on social_auth_account (id) where disabled_at is not null`);
    await runner.query('create index social_auth_identity_subject on social_auth_identity (subject)');
    await runner.query('create index social_auth_event_type on social_auth_event (type, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index social_auth_event_type');
    await runner.query('drop index social_auth_identity_subject');
    await runner.query('drop index social_auth_account_disabled');
    await runner.query('drop index social_auth_account_email');
  }
}
