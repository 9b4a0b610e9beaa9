import { KeptAccount, KeptToken } from './kept-principal';
import type { AccountKind, Principal, TokenKind } from './principal';
import { InternedTexts } from './interned-texts';
import { endOf, lives } from './token-life';

/** SQL: a moment in seconds since the Unix epoch; in floats, where `extract` reckons in decimal digits, at a price. */
const epoch = (moment: string): string => `date_part('epoch', ${moment})`;

/**
 * SQL: seconds from now until a moment, negative after it. Not the interval between the two, which the database refuses
 * to make of an infinite moment, and with it the look-ups of everybody else in the statement.
 */
const secondsUntil = (moment: string): string => `(${epoch(moment)} - ${epoch('now()')})`;

/** SQL: a number, or what is read as none. */
const orNone = (number: string): string => `coalesce(${number}, 'NaN')`;

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
 * SQL: what a row tells in one column, with spaces between: kinds, numbers and truth values, which have none. Column by
 * column, the driver would take longer over them than over all the rest of a request. What others have written, names of
 * providers included, comes in columns of its own, and so does what is kept: a part of a text keeps the whole of it.
 */
const FACTS = [
  `encode(t.digest, 'hex')`,
  't.kind',
  orNone(epoch('t.authenticated_at')),
  epoch('t.created_at'),
  epoch('t.expires_at'),
  orNone(`-${secondsUntil('t.last_used_at')}`),
  't.family_id is not null',
  IS_SUPERSEDED,
  secondsUntil(`least(${endOf('t')}, ${GRACE_END})`),
  'a.kind',
  'a.email_verified',
  epoch('a.created_at'),
];

/**
 * SQL: what is known of the tokens with the digests $1 that may be used; $2 is the grace in seconds.
 *
 * Ends are told as seconds from now, so that it does not matter what time it is here. A superseded token is found even
 * past its idle end: whoever presents it then may have stolen it.
 */
export const LOOK_UP = `
  select concat(${FACTS.join(`, ' ', `)}) as facts, t.id as token_id, t.provider as token_provider, t.scopes,
         a.id as account_id, a.provider, a.email, a.name, a.picture, nullif(a.roles, '{}') as roles
    from social_auth_token t
    join social_auth_account a on a.id = t.account_id
   where t.digest = any(${ASKED})
     and (${lives('t')} or ${IS_SUPERSEDED} and t.revoked_at is null and t.expires_at > now())
     and a.disabled_at is null`;

/** A row of {@link LOOK_UP}. */
export interface TokenRow {
  facts: string;
  token_id: string;
  token_provider: string;
  scopes: string[] | null;
  account_id: string;
  provider: string;
  email: string | null;
  name: string | null;
  picture: string | null;
  /** Null: none. */
  roles: string[] | null;
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

/** The digest of the token of a row, in hexadecimal digits. */
export const digestOf = ({ facts }: TokenRow): string => facts.slice(0, facts.indexOf(' '));

const NOTHING: readonly string[] = Object.freeze([]);
const LATEST_MS = 8.64e15;
const TRUE = 't';
const interned = new InternedTexts();

const frozen = (texts: string[]): readonly string[] => (texts.length === 0 ? NOTHING : Object.freeze(texts));

/** To the millisecond below, as pg reads a moment; `infinity`, which the database has as well, is the latest date. */
const msOf = (seconds: string): number =>
  Math.min(Math.floor(Math.round(Number(seconds) * 1_000_000) / 1_000), LATEST_MS);

const isNone = (number: string): boolean => number === 'NaN';

/** What a row says. */
export function lookedUpToken(row: TokenRow): LookedUpToken {
  const [
    ,
    kind,
    authenticatedAt = '',
    tokenCreatedAt = '',
    expiresAt = '',
    usedAgo = '',
    isSuccessor,
    isSuperseded,
    endsIn,
    accountKind,
    emailVerified,
    createdAt = '',
  ] = row.facts.split(' ');
  const account = new KeptAccount({
    id: row.account_id,
    kind: interned.of(accountKind as AccountKind),
    email: row.email,
    emailVerified: emailVerified === TRUE,
    name: row.name,
    picture: row.picture,
    provider: interned.of(row.provider),
    roles: row.roles ? frozen(row.roles) : NOTHING,
    createdAt: msOf(createdAt),
  });
  const token = new KeptToken({
    id: row.token_id,
    kind: interned.of(kind as TokenKind),
    provider: interned.of(row.token_provider),
    scopes: row.scopes ? frozen(row.scopes) : undefined,
    createdAt: msOf(tokenCreatedAt),
    expiresAt: msOf(expiresAt),
    authenticatedAt: isNone(authenticatedAt) ? undefined : msOf(authenticatedAt),
    isSuperseded: isSuperseded === TRUE,
  });
  return {
    principal: Object.freeze({ account, token }),
    usedAgo: isNone(usedAgo) ? null : Number(usedAgo),
    isUnusedSuccessor: isSuccessor === TRUE && isNone(usedAgo),
    endsIn: Number(endsIn),
  };
}
