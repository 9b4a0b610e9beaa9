import type { AccountKind, Principal, TokenKind } from './principal';
import { endOf, lives } from './token-life';

/**
 * SQL: seconds from now until a moment, negative after it. Not the interval between the two, which the database refuses
 * to make of an infinite moment, and with it the look-ups of everybody else in the statement.
 */
const secondsUntil = (moment: string): string => `(extract(epoch from ${moment}) - extract(epoch from now()))::float8`;

/** SQL: a moment in milliseconds since the Unix epoch: read in a fraction of the time that a date takes. */
const epochMs = (moment: string): string => `(extract(epoch from ${moment}) * 1000)::float8`;

const GRACE_END = 't.rotated_at + make_interval(secs => $2)';

/** SQL: whether the token in `t` was rotated so long ago that the grace, $2 seconds, is over. */
const IS_SUPERSEDED = `coalesce(${GRACE_END} <= now(), false)`;

/**
 * SQL: the digests $1. As a subselect, for the planner knows their number then as little as when it plans for any: it
 * plans a prepared statement once for each connection. Of the bare array it plans few digests anew each time, which
 * takes as long as the look-up.
 */
const ASKED = 'array(select digest from unnest($1::bytea[]) as asked (digest))';

/**
 * SQL: what is known of the tokens with the digests $1 that may be used; $2 is the grace in seconds.
 *
 * Ends are told as seconds from now, so that it does not matter what time it is here. A superseded token is found even
 * past its idle end: whoever presents it then may have stolen it.
 */
export const LOOK_UP = `
  select encode(t.digest, 'hex') as digest, t.id as token_id, t.kind, t.provider as token_provider, t.scopes,
         ${epochMs('t.authenticated_at')} as authenticated_at, ${epochMs('t.created_at')} as token_created_at,
         ${epochMs('t.expires_at')} as expires_at, -${secondsUntil('t.last_used_at')} as used_ago,
         t.family_id is not null as is_successor, ${IS_SUPERSEDED} as is_superseded,
         ${secondsUntil(`least(${endOf('t')}, ${GRACE_END})`)} as ends_in,
         a.id as account_id, a.kind as account_kind, a.email, a.email_verified, a.name, a.picture, a.provider, a.roles,
         ${epochMs('a.created_at')} as created_at
    from social_auth_token t
    join social_auth_account a on a.id = t.account_id
   where t.digest = any(${ASKED})
     and (${lives('t')} or ${IS_SUPERSEDED} and t.revoked_at is null and t.expires_at > now())
     and a.disabled_at is null`;

/** A row of {@link LOOK_UP}; moments are milliseconds since the Unix epoch. */
export interface TokenRow {
  /** In hexadecimal digits. */
  digest: string;
  token_id: string;
  kind: TokenKind;
  token_provider: string;
  scopes: string[] | null;
  authenticated_at: number | null;
  token_created_at: number;
  expires_at: number;
  /** Seconds since the last use that is recorded; null: there is none. */
  used_ago: number | null;
  is_successor: boolean;
  is_superseded: boolean;
  /** Seconds until the token ends, unless it is used before, or until its grace does. */
  ends_in: number;
  account_id: string;
  account_kind: AccountKind;
  email: string | null;
  email_verified: boolean;
  name: string | null;
  picture: string | null;
  provider: string;
  roles: string[];
  created_at: number;
}

/** What a look-up has found. */
export interface LookedUpToken {
  principal: Principal;
  /** Seconds since the last use that was recorded when the look-up was sent; null: there was none. */
  usedAgo: number | null;
  /** It was made by a rotation, and its first use is not recorded. */
  isUnusedSuccessor: boolean;
  /** Seconds from when the look-up was sent until it must be looked up again, if not before. */
  endsIn: number;
}

/** What a row says. */
export function lookedUpToken(row: TokenRow): LookedUpToken {
  return {
    principal: principalOf(row),
    usedAgo: row.used_ago,
    isUnusedSuccessor: row.is_successor && row.used_ago === null,
    endsIn: row.ends_in,
  };
}

const NOTHING: readonly string[] = Object.freeze([]);
const LATEST_MS = 8.64e15;

const frozen = (texts: string[]): readonly string[] => (texts.length === 0 ? NOTHING : Object.freeze(texts));

/** For the database, `infinity` is a moment. */
const dateOf = (ms: number): Date => new Date(Math.min(ms, LATEST_MS));

function principalOf(row: TokenRow): Principal {
  return Object.freeze({
    account: Object.freeze({
      id: row.account_id,
      kind: row.account_kind,
      email: row.email,
      emailVerified: row.email_verified,
      name: row.name,
      picture: row.picture,
      provider: row.provider,
      roles: frozen(row.roles),
      createdAt: dateOf(row.created_at),
    }),
    token: Object.freeze({
      id: row.token_id,
      kind: row.kind,
      provider: row.token_provider,
      scopes: row.scopes ? frozen(row.scopes) : undefined,
      createdAt: dateOf(row.token_created_at),
      expiresAt: dateOf(row.expires_at),
      authenticatedAt: row.authenticated_at === null ? undefined : dateOf(row.authenticated_at),
      isSuperseded: row.is_superseded,
    }),
  });
}
