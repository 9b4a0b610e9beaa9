import { counts } from '../../tokens/surplus-tokens';
import { INSERTION_VALUES, insertionOf } from '../../tokens/token-insertion';
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
  ([property, column]) => `account.${column} as "${property}"`,
);

/** What is asked of the second statement beside the values of the token, in this order. */
const [
  issuer,
  subject,
  hasAddress,
  email,
  emailVerified,
  authoritative,
  hostedDomain,
  name,
  picture,
  machine,
  limit,
  eventId,
] = Array.from({ length: 12 }, (_, at) => `$${INSERTION_VALUES + 1 + at}`);

const [tokenId, kind, provider, address, userAgent] = ['$1::uuid', '$4::text', '$5::text', '$11::text', '$12::text'];

/**
 * SQL: locks the account of the identity $1, $2. On its own, so that the statement after it sees what those have done
 * who held the lock before.
 */
export const LOCK_ACCOUNT = `
  select 1 from social_auth_identity identity join social_auth_account account on account.id = identity.account_id
   where identity.issuer = $1 and identity.subject = $2
     for no key update of account`;

/**
 * After so long, in milliseconds, the lock came too late. The server has both statements by then, and would do the second
 * one for somebody who has given up, and who would find a session in the list that is nobody's.
 */
const LATEST_MS = 1_500;

/**
 * SQL: a sign-in of which nothing changes but that it happened: the identity is marked as used, the token and the event
 * of the log are written, and the account is returned. No row, and nothing done, where anything else would have to be
 * done or refused. What an unchanged profile is, `updatedProfile` and `followIdentity` say in the other words.
 *
 * The account is locked once more, for nothing where it is the same: while the lock was waited for, the identity may
 * have gone to another one.
 */
export const SIGN_IN = `
  with known as materialized (
    select ${accountColumns.join(', ')}, identity.id as identity_id
      from social_auth_identity identity join social_auth_account account on account.id = identity.account_id
     where identity.issuer = ${issuer} and identity.subject = ${subject}
       and clock_timestamp() < now() + interval '${LATEST_MS} milliseconds'
       and account.disabled_at is null
       and (account.kind = 'machine' or not ${machine}::boolean)
       and (not ${hasAddress}::boolean
            or (identity.email, identity.email_verified, identity.email_authoritative)
               is not distinct from (${email}::text, ${emailVerified}::boolean, ${authoritative}::boolean))
       and (identity.hosted_domain is not distinct from ${hostedDomain}::text
            or ${hostedDomain}::text is null and not ${hasAddress}::boolean)
       and identity.name is not distinct from coalesce(${name}::text, identity.name)
       and identity.picture is not distinct from coalesce(${picture}::text, identity.picture)
       and (not identity.is_primary
            or (account.email, account.email_verified, account.name, account.picture)
               is not distinct from (identity.email, identity.email_verified, identity.name, identity.picture))
       and (${limit}::integer = 0 or ${limit}::integer > (
             select count(*) from social_auth_token t where ${counts('account.id', kind)}))
       for no key update of account skip locked),
  used as (
    update social_auth_identity identity set last_used_at = greatest(identity.last_used_at, now())
      from known where identity.id = known.identity_id),
  issued as (${insertionOf({ account: 'known.id', identity: 'known.identity_id', from: 'from known' })}),
  logged as (
    insert into social_auth_event (id, account_id, type, token_id, provider, client_address, user_agent)
    select ${eventId}::uuid, known.id, 'signed_in', ${tokenId}, ${provider}, ${address}, ${userAgent} from known
    returning at)
  select known.*, issued.expires_at, issued.expires_in, logged.at as logged_at from known, issued, logged`;
