import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The feed of what was ended or narrowed, written by triggers: whatever changes a token or an account, an operator's own
 * statement included, is in the feed from the same transaction on. A row that names neither is about everything.
 */
export class CreateRevocationFeed1795305600003 implements MigrationInterface {
  readonly name = 'CreateRevocationFeed1795305600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table social_auth_revocation (
        id bigint generated always as identity primary key,
        xid xid8 not null default pg_current_xact_id(),
        token_id uuid,
        account_id uuid,
        at timestamptz not null default now()
      )`);
    await runner.query('create index social_auth_revocation_xid on social_auth_revocation (xid)');
    await runner.query('create index social_auth_revocation_at on social_auth_revocation (at)');
    await this.createFunctions(runner);
    await this.watchTokens(runner);
    await this.watchAccounts(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const trigger of ['ended', 'deleted', 'truncated']) {
      await runner.query(`drop trigger social_auth_token_${trigger} on social_auth_token`);
      await runner.query(`drop trigger social_auth_account_${trigger} on social_auth_account`);
    }
    for (const what of ['token', 'account', 'everything']) {
      await runner.query(`drop function social_auth_feed_${what}()`);
    }
    await runner.query('drop table social_auth_revocation');
  }

  /** With the search path of the migration: an operator's may be another one. */
  private async createFunctions(runner: QueryRunner): Promise<void> {
    const insertions = {
      token: 'insert into social_auth_revocation (token_id) values (old.id)',
      account: 'insert into social_auth_revocation (account_id) values (old.id)',
      everything: 'insert into social_auth_revocation default values',
    };
    for (const [what, insertion] of Object.entries(insertions)) {
      await runner.query(`
        create function social_auth_feed_${what}() returns trigger language plpgsql set search_path from current as $$
        begin
          ${insertion};
          return null;
        end $$`);
    }
  }

  /** Expiry is no event: a token that had ended by itself is not told when it is deleted. */
  private async watchTokens(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create trigger social_auth_token_ended
      after update of id, account_id, digest, kind, scopes, authenticated_at, expires_at, idle_seconds, revoked_at,
                      rotated_at on social_auth_token
      for each row when (
        old.revoked_at is null and new.revoked_at is not null
        or new.rotated_at is distinct from old.rotated_at
        or new.scopes is distinct from old.scopes
        or new.expires_at < old.expires_at
        or new.idle_seconds is distinct from old.idle_seconds
        or (new.id, new.account_id, new.digest) is distinct from (old.id, old.account_id, old.digest)
        or (new.kind, new.authenticated_at) is distinct from (old.kind, old.authenticated_at)
      )
      execute function social_auth_feed_token()`);
    await runner.query(`
      create trigger social_auth_token_deleted after delete on social_auth_token
      for each row when (old.revoked_at is null and old.expires_at > now())
      execute function social_auth_feed_token()`);
    await runner.query(`
      create trigger social_auth_token_truncated after truncate on social_auth_token
      for each statement execute function social_auth_feed_everything()`);
  }

  private async watchAccounts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create trigger social_auth_account_ended
      after update of id, disabled_at, roles, email, email_verified on social_auth_account
      for each row when (
        old.disabled_at is null and new.disabled_at is not null
        or new.roles is distinct from old.roles
        or (new.id, new.email, new.email_verified) is distinct from (old.id, old.email, old.email_verified)
      )
      execute function social_auth_feed_account()`);
    await runner.query(`
      create trigger social_auth_account_deleted after delete on social_auth_account
      for each row execute function social_auth_feed_account()`);
    await runner.query(`
      create trigger social_auth_account_truncated after truncate on social_auth_account
      for each statement execute function social_auth_feed_everything()`);
  }
}
