import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, identities and tokens. */
export class CreateSocialAuthTables1763740800000 implements MigrationInterface {
  readonly name = 'CreateSocialAuthTables1763740800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table social_auth_account (
        id uuid primary key,
        email text,
        email_verified boolean not null,
        name text,
        picture text,
        provider text not null,
        created_at timestamptz not null default now(),
        disabled_at timestamptz,
        constraint social_auth_account_provider check (provider <> ''),
        constraint social_auth_account_email check (email is not null or not email_verified)
      )`);
    await runner.query(`
      create index social_auth_account_verified_email on social_auth_account (lower(email collate "C")) where email_verified`);
    await runner.query(`
      create table social_auth_identity (
        id uuid primary key,
        account_id uuid not null constraint social_auth_identity_account references social_auth_account on delete cascade,
        provider text not null,
        issuer text collate "C" not null,
        subject text collate "C" not null,
        email text,
        email_verified boolean not null,
        name text,
        picture text,
        is_primary boolean not null,
        created_at timestamptz not null default now(),
        constraint social_auth_identity_key unique (issuer, subject),
        constraint social_auth_identity_names check (provider <> '' and issuer <> '' and subject <> ''),
        constraint social_auth_identity_email check (email is not null or not email_verified)
      )`);
    await runner.query(`
      create unique index social_auth_identity_primary on social_auth_identity (account_id) where is_primary`);
    await runner.query('create index social_auth_identity_account_id on social_auth_identity (account_id)');
    await runner.query(`
      create table social_auth_token (
        id uuid primary key,
        account_id uuid not null constraint social_auth_token_account references social_auth_account on delete cascade,
        digest bytea not null,
        key_id text not null,
        provider text not null,
        scopes text[],
        client_address text,
        user_agent text,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        constraint social_auth_token_stored check (octet_length(digest) = 32 and key_id <> '')
      )`);
    await runner.query('create unique index social_auth_token_digest on social_auth_token (digest)');
    await runner.query('create index social_auth_token_account_id on social_auth_token (account_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table social_auth_token');
    await runner.query('drop table social_auth_identity');
    await runner.query('drop table social_auth_account');
  }
}
