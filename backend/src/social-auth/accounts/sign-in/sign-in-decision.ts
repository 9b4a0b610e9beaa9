import type { VerifiedIdentity } from '../../verification/verified-credential';
import type { AccountRules, LinkingPolicy } from '../account-rules';

/** An account to which somebody may belong. */
export interface AccountState {
  accountId: string;
  disabled: boolean;
}

/** An identity of the account that holds an address. */
export interface HoldingIdentity {
  provider: string;
  issuer: string;
  isPrimary: boolean;
  /** It has the address, and its provider says that it is verified. */
  holdsAddress: boolean;
  /** Its provider speaks for the address that it has. */
  emailAuthoritative: boolean;
}

/** The account that holds an address as verified. */
export interface EmailOwner extends AccountState {
  /** The provider of its first sign-in. */
  provider: string;
  identities: readonly HoldingIdentity[];
}

/** What is known about a sign-in before anything is written. */
export interface SignInFacts {
  identity: VerifiedIdentity;
  /** The account to which the identity belongs already. */
  known?: AccountState;
  /** The account of the same person at another provider, by the subject; looked up only where the operator wants it. */
  samePerson?: AccountState;
  /** The account that holds the identity's verified address as verified; never looked up for an unverified address. */
  emailOwner?: EmailOwner;
}

/** What the operator has chosen. */
export interface SignInChoices {
  /** Whether a first sign-in makes an account. */
  signUp: boolean;
  /** Of the identity's provider; `never`: an address neither links nor refuses, whoever holds it. */
  linking: LinkingPolicy | 'never';
}

/** What the operator has chosen for the identities of a provider. */
export const choicesFor = (
  provider: string,
  { signUp, linkingOf }: Pick<AccountRules, 'signUp' | 'linkingOf'>,
): SignInChoices => ({ signUp, linking: linkingOf(provider) });

/** How an identity came to an account that it did not make. */
export type LinkOccasion = 'ticket' | 'explicit' | 'verified_email' | 'same_subject';

/** Another account has proven to own the address; `sameProvider`: under another subject of the same provider. */
export interface EmailConflict extends AccountState {
  kind: 'conflict';
  ownerProvider: string;
  sameProvider: boolean;
}

/** What a sign-in comes to. */
export type SignInDecision =
  | { kind: 'existing'; accountId: string }
  | { kind: 'disabled' }
  /** `sharesAddress`: the account does not hold the address as verified, because another one does. */
  | { kind: 'create'; sharesAddress: boolean }
  | { kind: 'link'; accountId: string; how: Extract<LinkOccasion, 'verified_email' | 'same_subject'> }
  | { kind: 'sign_up_disabled' }
  | EmailConflict;

/**
 * Decides a sign-in. The key of a person is (issuer, subject): an address selects an account only where the operator
 * has chosen `link-verified` and both providers speak for it; otherwise it can only refuse to make a second one.
 */
export function decideSignIn(
  { identity, known, samePerson, emailOwner }: SignInFacts,
  choices: SignInChoices,
): SignInDecision {
  if (known) return known.disabled ? { kind: 'disabled' } : { kind: 'existing', accountId: known.accountId };
  if (samePerson) {
    return samePerson.disabled
      ? { kind: 'disabled' }
      : { kind: 'link', accountId: samePerson.accountId, how: 'same_subject' };
  }
  const decided = emailOwner && decideAddress(identity, emailOwner, choices.linking);
  if (decided && decided !== 'separate') return decided;
  return choices.signUp ? { kind: 'create', sharesAddress: decided === 'separate' } : { kind: 'sign_up_disabled' };
}

function decideAddress(
  identity: VerifiedIdentity,
  owner: EmailOwner,
  linking: SignInChoices['linking'],
): Extract<SignInDecision, { kind: 'link' | 'conflict' }> | 'separate' {
  if (linking === 'never') return 'separate';
  const { accountId, disabled } = owner;
  const holders = holdersOf(owner);
  // A recycled address: its new owner is nobody who has been here before, whatever the policy.
  const sameProvider = holders.some((holder) => isOfOneProvider(holder, identity));
  if (!sameProvider && linking === 'separate') return 'separate';
  if (linking === 'link-verified' && mayLink(identity, owner)) {
    return { kind: 'link', accountId, how: 'verified_email' };
  }
  const ownerProvider = holders[0]?.provider ?? owner.provider;
  return { kind: 'conflict', accountId, disabled, sameProvider, ownerProvider };
}

type OfProvider = Pick<VerifiedIdentity, 'provider' | 'issuer'>;

/** Two definitions may share an issuer, and one may have had another. */
const isOfOneProvider = (one: OfProvider, other: OfProvider): boolean =>
  one.provider === other.provider || one.issuer === other.issuer;

/** The identities by which the account holds the address, the primary one first; all, where none has it any more. */
function holdersOf({ identities }: EmailOwner): HoldingIdentity[] {
  const holders = identities.filter(({ holdsAddress }) => holdsAddress);
  return (holders.length > 0 ? holders : [...identities]).sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/**
 * Verified, and the provider's to say, on both sides: a local row that is not would let whoever made it in. An account
 * that has been at the provider before, under another subject, is somebody else's.
 */
function mayLink(identity: VerifiedIdentity, owner: EmailOwner): boolean {
  const { emailVerified, emailAuthoritative } = identity;
  if (owner.disabled || !emailVerified || emailAuthoritative !== true) return false;
  if (owner.identities.some((one) => isOfOneProvider(one, identity))) return false;
  return owner.identities.some((one) => one.holdsAddress && one.emailAuthoritative);
}
