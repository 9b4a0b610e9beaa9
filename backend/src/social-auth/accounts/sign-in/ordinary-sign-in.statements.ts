import { counts } from '../../tokens/surplus-tokens';
import { insertionOf, TOKEN_VALUES } from '../../tokens/token-insertion';
import type { AccountEntity } from '../account.entity';

/** Every column of an account, by the property that holds it. */
export const ACCOUNT_COLUMNS = {
  id: 'id',
  kind: 'kind',
  provider: 'provider',
  roles: 'roles',
  email: 'email',
  emailVerified: 'email_verified',
  name: 'name',
  picture: 'picture',
  createdAt: 'created_at',
  disabledAt: 'disabled_at',
  notBefore: 'not_before',
} satisfies Record<keyof AccountEntity, string>;

const accountColumns = Object.entries(ACCOUNT_COLUMNS).map(
  ([property, column]) => `(known.account).${column} as "${property}"`,
);

/** What is known of whoever signs in beside the values of the token, and the types of PostgreSQL. */
const PERSON_VALUES = {
  issuer: 'text',
  subject: 'text',
  has_address: 'boolean',
  email: 'text',
  email_verified: 'boolean',
  email_authoritative: 'boolean',
  hosted_domain: 'text',
  person: 'text',
  picture: 'text',
  is_machine: 'boolean',
  event_id: 'uuid',
} as const;

/** The values of whoever signs in, by their names. */
export type PersonValues = Record<keyof typeof PERSON_VALUES, unknown>;

/** SQL: the rows of a JSON array. */
const rowsOf = (json: string, types: Readonly<Record<string, string>>): string => {
  const columns = Object.entries(types).map(([name, type]) => `${name} ${type}`);
  return `json_to_recordset(${json}::json) as (${columns.join(', ')})`;
};

/** SQL: the identity of each who is asked for; by the index, however many of them the planner believes there to be. */
const ITS_IDENTITY = `
  cross join lateral (
    select i.*, i.xmax as locked_by from social_auth_identity i
     where i.issuer = asked.issuer and i.subject = asked.subject limit 1) identity`;

/**
 * SQL: locks the identities and the accounts of the people $1, but those that somebody else has locked. On its own, so
 * that the statement after it sees what those have done who held the locks before.
 */
export const LOCK = `
  select 1 from rows from (${rowsOf('$1', PERSON_VALUES)}) as asked ${ITS_IDENTITY}
    join social_auth_account account on account.id = identity.account_id
     for no key update of account, identity skip locked`;

/**
 * After so long, in milliseconds, it is too late. The server has both statements by then, and would do the second one for
 * people who have given up, and who would find a session in the list that is nobody's.
 */
const LATEST_MS = 1_500;

const OF_KNOWN = { account: 'known.account_id', identity: 'known.identity_id', from: 'from known' };

/**
 * SQL: sign-ins of which nothing changes but that they happened: the identity is marked as used, the token and the event
 * of the log are written, and the account is returned. No row, and nothing done, for whom anything else would have to be
 * done or refused. What an unchanged profile is, `updatedProfile` and `followIdentity` say in the other words.
 *
 * $1 are the people, $2 the tokens that they are given, in the same order; $3 is the most tokens that an account may
 * have, 0: any number.
 *
 * What has not this transaction in its `xmax` was not locked by the statement before: somebody else held it, or the
 * identity has gone to another account meanwhile. Nor has what somebody else keeps from being deleted, as a foreign key
 * does: rare enough to be done alone. And of two identities of one account only one is served, so that the
 * other's token is counted with it.
 */
export const SIGN_IN = `
  with asked as materialized (
    select distinct on (identity.account_id) asked.*, identity.account_id, identity.id as identity_id,
           identity.is_primary, identity.email as kept_email, identity.email_verified as kept_email_verified,
           identity.name as kept_name, identity.picture as kept_picture
      from rows from (${rowsOf('$1', PERSON_VALUES)}, ${rowsOf('$2', TOKEN_VALUES)}) as asked ${ITS_IDENTITY}
     where clock_timestamp() < now() + interval '${LATEST_MS} milliseconds'
       and identity.locked_by = pg_current_xact_id()::xid
       and (not asked.has_address
            or (identity.email, identity.email_verified, identity.email_authoritative)
               is not distinct from (asked.email, asked.email_verified, asked.email_authoritative))
       and (identity.hosted_domain is not distinct from asked.hosted_domain
            or asked.hosted_domain is null and not asked.has_address)
       and identity.name is not distinct from coalesce(asked.person, identity.name)
       and identity.picture is not distinct from coalesce(asked.picture, identity.picture)
     order by identity.account_id),
  known as materialized (
    select asked.*, account
      from asked join social_auth_account account on account.id = asked.account_id
     where account.xmax = pg_current_xact_id()::xid
       and account.disabled_at is null
       and (account.kind = 'machine' or not asked.is_machine)
       and (not asked.is_primary
            or (account.email, account.email_verified, account.name, account.picture)
               is not distinct from (asked.kept_email, asked.kept_email_verified, asked.kept_name, asked.kept_picture))
       and ($3::integer = 0 or $3::integer > (
             select count(*) from social_auth_token t where ${counts('account.id', 'asked.kind')}))),
  used as (
    update social_auth_identity identity set last_used_at = greatest(identity.last_used_at, now())
      from known where identity.id = known.identity_id),
  issued as (${insertionOf((name) => `known.${name}`, OF_KNOWN)}),
  logged as (
    insert into social_auth_event (id, account_id, type, token_id, provider, client_address, user_agent)
    select event_id, account_id, 'signed_in', id, provider, client_address, user_agent from known
    returning token_id, at)
  select known.id as token_id, issued.expires_at, issued.expires_in, logged.at as logged_at, ${accountColumns.join(', ')}
    from known join issued on issued.id = known.id join logged on logged.token_id = known.id`;
