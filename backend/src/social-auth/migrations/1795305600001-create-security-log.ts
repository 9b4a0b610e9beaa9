import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The security log. */
export class CreateSecurityLog1795305600001 implements MigrationInterface {
  readonly name = 'CreateSecurityLog1795305600001';

  async up(runner: QueryRunner): Promise<void> {
    // Without foreign keys: an event outlives the token, the administrator and, in part, the account that it is about.
    await runner.query(`
      create table social_auth_event (
        id uuid primary key,
        account_id uuid,
        type text not null,
        token_id uuid,
        actor_id uuid,
        provider text,
        client_address text,
        user_agent text,
        details jsonb,
        at timestamptz not null default now(),
        constraint social_auth_event_type check (type <> '')
      )`);
    await runner.query('create index social_auth_event_account on social_auth_event (account_id, id)');
    await runner.query('create index social_auth_event_at on social_auth_event (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table social_auth_event');
  }
}
