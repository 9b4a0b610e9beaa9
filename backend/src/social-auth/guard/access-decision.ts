import type { Clock } from '../clock/clock';
import type { Principal, PrincipalToken } from '../tokens/principal';
import type { RouteRules } from './route-rules';

/** What becomes of a request whose token, if it has one, is valid. */
export type AccessDecision =
  | { kind: 'allowed' }
  | { kind: 'authentication_required' }
  | { kind: 'token_exchange_required' }
  | { kind: 'not_revocable_here' }
  | { kind: 'insufficient_scope'; scope: string }
  | { kind: 'role_required' }
  | { kind: 'insufficient_user_authentication'; maxAge: number };

/** What a decision goes by beside the principal. */
export interface AccessTerms {
  rules: Pick<RouteRules, 'scopes' | 'roles' | 'freshSignIn' | 'issuedToken'>;
  /** Seconds, for handlers that name none. */
  freshSignInSeconds: number;
  /** Read only where an age matters. */
  clock: Pick<Clock, 'now'>;
}

const ALLOWED: AccessDecision = { kind: 'allowed' };

/** A token without a list of scopes reaches everything; one with a list, and any personal one, what names scopes. */
function reaches({ kind, scopes }: PrincipalToken, required: readonly string[]): boolean {
  const granted = scopes ?? (kind === 'personal' ? [] : undefined);
  if (!granted) return true;
  return required.length > 0 && required.every((scope) => granted.includes(scope));
}

/**
 * Whether a token is that of a sign-in at most so many seconds ago, with a proof at most as old. Nothing is given away
 * for clocks that differ, and a personal or a rotated token is never fresh.
 */
export function isFreshSignIn(token: PrincipalToken, seconds: number, now: number): boolean {
  const { kind, createdAt, authenticatedAt } = token;
  if (kind !== 'sign_in' || !authenticatedAt) return false;
  // The older of the two: a new token for an old proof shows nobody, nor does an old token with a young one.
  return now - Math.min(createdAt.getTime(), authenticatedAt.getTime()) <= seconds * 1_000;
}

/** Decides what a principal, or nobody, may reach. */
export function decideAccess(principal: Principal | undefined, terms: AccessTerms): AccessDecision {
  const { rules, freshSignInSeconds, clock } = terms;
  const { roles, freshSignIn, scopes, issuedToken } = rules;
  if (!principal) {
    const isOpen = roles.length === 0 && freshSignIn === undefined && issuedToken === undefined;
    return isOpen ? ALLOWED : { kind: 'authentication_required' };
  }
  const { account, token } = principal;
  // Before the scopes: no others would help.
  if (token.kind === 'direct' && issuedToken) return { kind: issuedToken };
  if (!reaches(token, scopes)) return { kind: 'insufficient_scope', scope: scopes.join(' ') };
  if (!roles.every((role) => account.roles.includes(role))) return { kind: 'role_required' };
  if (freshSignIn === undefined) return ALLOWED;
  const maxAge = freshSignIn === 'default' ? freshSignInSeconds : freshSignIn;
  return isFreshSignIn(token, maxAge, clock.now()) ? ALLOWED : { kind: 'insufficient_user_authentication', maxAge };
}
