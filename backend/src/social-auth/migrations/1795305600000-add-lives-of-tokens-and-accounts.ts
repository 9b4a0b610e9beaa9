import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the lives of tokens, identities and accounts need. Every new column has a default or may be null, so that the
 * release before goes on working while this one is rolled out.
 */
export class AddLivesOfTokensAndAccounts1795305600000 implements MigrationInterface {
  readonly name = 'AddLivesOfTokensAndAccounts1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table social_auth_account
        add column roles text[] not null default '{}'`);
    await runner.query(`
      alter table social_auth_identity
        add column hosted_domain text,
        add column email_authoritative boolean not null default false,
        add column last_used_at timestamptz`);
    await runner.query(`
      alter table social_auth_token
        add column kind text not null default 'sign_in',
        add column name text,
        add column identity_id uuid,
        add column client_id text,
        add column platform text,
        add column authenticated_at timestamptz,
        add column last_used_at timestamptz,
        add column idle_seconds integer,
        add column family_id uuid,
        add column rotated_at timestamptz,
        add column successor_id uuid,
        add column rotations smallint not null default 0,
        add constraint social_auth_token_kind check (kind in ('sign_in', 'personal')),
        add constraint social_auth_token_idle check (idle_seconds > 0),
        add constraint social_auth_token_succession check ((rotated_at is null) = (successor_id is null))`);
    // What the purge looks for; the columns of every day (last_used_at) stay out of all indexes.
    await runner.query(`
      create index social_auth_token_ended on social_auth_token (coalesce(revoked_at, expires_at))`);
    await runner.query(`
      create table social_auth_link_ticket (
        digest bytea primary key,
        account_id uuid not null constraint social_auth_link_ticket_account references social_auth_account on delete cascade,
        provider text not null,
        issuer text collate "C" not null,
        subject text collate "C" not null,
        email text,
        email_verified boolean not null,
        email_authoritative boolean not null,
        hosted_domain text,
        name text,
        picture text,
        authenticated_at timestamptz not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        constraint social_auth_link_ticket_stored check (octet_length(digest) = 32)
      )`);
    await runner.query('create index social_auth_link_ticket_account_id on social_auth_link_ticket (account_id)');
    await runner.query('create index social_auth_link_ticket_expires_at on social_auth_link_ticket (expires_at)');
    await runner.query(`
      create table social_auth_tombstone (
        digest bytea primary key,
        deleted_at timestamptz not null default now(),
        expires_at timestamptz not null,
        constraint social_auth_tombstone_stored check (octet_length(digest) = 32)
      )`);
    await runner.query('create index social_auth_tombstone_expires_at on social_auth_tombstone (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table social_auth_tombstone');
    await runner.query('drop table social_auth_link_ticket');
    await runner.query(`
      alter table social_auth_token
        drop column kind, drop column name, drop column identity_id, drop column client_id, drop column platform,
        drop column authenticated_at, drop column last_used_at, drop column idle_seconds, drop column family_id,
        drop column rotated_at, drop column successor_id, drop column rotations`);
    await runner.query('drop index social_auth_token_ended');
    await runner.query(`
      alter table social_auth_identity
        drop column hosted_domain, drop column email_authoritative, drop column last_used_at`);
    await runner.query('alter table social_auth_account drop column roles');
  }
}
