import type { PrincipalToken } from './principal';
import type { PersonalTokenRules } from './token-rules';

/** What a personal token is to be. */
export interface PersonalTokenWish {
  scopes: readonly string[];
  /** From now; left out, as long as the rules say. */
  ttlSeconds?: number | undefined;
}

/** What it gets, or why it gets nothing. */
export type PersonalGrant =
  | { kind: 'granted'; scopes: readonly string[]; ttlSeconds: number }
  | { kind: 'scopes_refused'; scopes: readonly string[] }
  | { kind: 'lifetime_refused'; maximumSeconds: number };

/** Decides what a token that its owner makes for a program may do: never more than the token with which it is made. */
export function grantPersonal(
  { scopes, ttlSeconds }: PersonalTokenWish,
  creator: Pick<PrincipalToken, 'kind' | 'scopes'>,
  rules: Pick<PersonalTokenRules, 'scopes' | 'ttlSeconds' | 'maximumTtlSeconds'>,
): PersonalGrant {
  const wanted = [...new Set(scopes)];
  // A program must not be able to outlive the token that was made for it.
  const own = creator.kind === 'personal' ? [] : (creator.scopes ?? rules.scopes);
  const refused = wanted.filter((scope) => !rules.scopes.includes(scope) || !own.includes(scope));
  if (wanted.length === 0 || refused.length > 0) return { kind: 'scopes_refused', scopes: refused };
  const seconds = ttlSeconds ?? rules.ttlSeconds;
  const isSound = Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= rules.maximumTtlSeconds;
  if (!isSound) return { kind: 'lifetime_refused', maximumSeconds: rules.maximumTtlSeconds };
  return { kind: 'granted', scopes: wanted, ttlSeconds: seconds };
}
