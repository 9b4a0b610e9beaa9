import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts of machines beside those of people, and the moment before which provider tokens that are sent as bearer
 * tokens do not count: moving it on is how such tokens, of which nothing is kept, are taken back.
 */
export class AddMachineAccounts1795305600005 implements MigrationInterface {
  readonly name = 'AddMachineAccounts1795305600005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table social_auth_account
        add column kind text not null default 'person'
          constraint social_auth_account_kind check (kind in ('person', 'machine')),
        add column not_before timestamptz`);
    // An event of its own: the previous release goes on working beside it, and its trigger is left as it is.
    await runner.query(`
      create trigger social_auth_account_narrowed
      after update of kind, not_before on social_auth_account
      for each row when ((new.kind, new.not_before) is distinct from (old.kind, old.not_before))
      execute function social_auth_feed_account()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger social_auth_account_narrowed on social_auth_account');
    await runner.query('alter table social_auth_account drop column not_before, drop column kind');
  }
}
