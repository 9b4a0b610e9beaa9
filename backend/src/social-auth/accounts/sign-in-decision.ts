import type { VerifiedIdentity } from '../verification/verified-credential';

/** What is known about a sign-in before anything is written. */
export interface SignInFacts {
  identity: VerifiedIdentity;
  /** The account to which the identity belongs already. */
  known?: { accountId: string; disabled: boolean };
  /** The account that holds the identity's verified address as verified; never looked up for an unverified address. */
  emailOwner?: { provider: string };
}

/** What a sign-in comes to. */
export type SignInDecision =
  | { kind: 'existing'; accountId: string }
  | { kind: 'disabled' }
  | { kind: 'create' }
  /** Another account has proven to own the address; `sameProvider`: under another subject of the same provider. */
  | { kind: 'conflict'; ownerProvider: string; sameProvider: boolean };

/**
 * Decides a sign-in. The key of a person is (issuer, subject): an address never selects an account, it can only refuse
 * to make a second one.
 */
export function decideSignIn({ identity, known, emailOwner }: SignInFacts): SignInDecision {
  if (known) return known.disabled ? { kind: 'disabled' } : { kind: 'existing', accountId: known.accountId };
  if (!emailOwner) return { kind: 'create' };
  const ownerProvider = emailOwner.provider;
  return { kind: 'conflict', ownerProvider, sameProvider: ownerProvider === identity.provider };
}
