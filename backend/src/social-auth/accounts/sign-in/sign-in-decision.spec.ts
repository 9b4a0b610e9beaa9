import { array, assert, boolean, constantFrom, option, property, record } from 'fast-check';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import type { LinkingPolicy } from '../account-rules';
import {
  decideSignIn,
  type EmailOwner,
  type HoldingIdentity,
  type SignInDecision,
  type SignInFacts,
} from './sign-in-decision';

const identity: VerifiedIdentity = {
  provider: 'google',
  issuer: 'https://accounts.google.com',
  subject: '1',
  email: 'ada@example.com',
  emailVerified: true,
};
const authoritative = { ...identity, emailAuthoritative: true };
const known = { accountId: 'account-1', disabled: false };
const disabled = { accountId: 'account-1', disabled: true };

const atAuth0: HoldingIdentity = {
  provider: 'auth0',
  issuer: 'https://tenant.example/',
  isPrimary: true,
  holdsAddress: true,
  emailAuthoritative: true,
};
const atGoogle: HoldingIdentity = { ...atAuth0, provider: 'google', issuer: 'https://accounts.google.com' };
const owner = (...identities: HoldingIdentity[]): EmailOwner => ({
  accountId: 'account-2',
  provider: 'auth0',
  disabled: false,
  identities,
});
const conflict = (changes: Partial<Extract<SignInDecision, { kind: 'conflict' }>> = {}): SignInDecision => ({
  kind: 'conflict',
  accountId: 'account-2',
  disabled: false,
  ownerProvider: 'auth0',
  sameProvider: false,
  ...changes,
});
const recycled = conflict({ ownerProvider: 'google', sameProvider: true });
const linked: SignInDecision = { kind: 'link', accountId: 'account-2', how: 'verified_email' };
const created: SignInDecision = { kind: 'create', sharesAddress: false };

function decide(facts: Partial<SignInFacts>, linking: LinkingPolicy = 'refuse', signUp = true): SignInDecision {
  return decideSignIn({ identity, ...facts }, { linking, signUp });
}

describe('a sign-in', () => {
  it.each<[string, Partial<SignInFacts>, SignInDecision]>([
    ['of a new person makes an account', {}, created],
    ['of a known identity finds its account', { known }, { kind: 'existing', accountId: 'account-1' }],
    ['of a disabled account is refused (M9)', { known: disabled }, { kind: 'disabled' }],
    ['with an address that another provider has proven is a conflict (M2)', { emailOwner: owner(atAuth0) }, conflict()],
    [
      'with the address of another subject of the same provider is a conflict of its own kind (M6)',
      { emailOwner: owner(atGoogle) },
      recycled,
    ],
    [
      'of a known identity is not hindered by whoever holds its address now',
      { known, emailOwner: owner(atAuth0) },
      { kind: 'existing', accountId: 'account-1' },
    ],
    [
      'of a disabled account does not become a conflict',
      { known: disabled, emailOwner: owner(atAuth0) },
      { kind: 'disabled' },
    ],
    [
      'of somebody whom another provider knows by the subject is linked',
      { samePerson: known, emailOwner: owner(atAuth0) },
      { kind: 'link', accountId: 'account-1', how: 'same_subject' },
    ],
    [
      'of somebody whom another provider knows is refused where that account is disabled (M9)',
      { samePerson: disabled },
      { kind: 'disabled' },
    ],
  ])('%s', (_name, facts, expected) => expect(decide(facts)).toEqual(expected));

  it.each<[string, HoldingIdentity[], Partial<Extract<SignInDecision, { kind: 'conflict' }>>]>([
    ['the provider that holds it', [{ ...atGoogle, holdsAddress: false, isPrimary: false }, atAuth0], {}],
    [
      'the primary identity before others',
      [{ ...atAuth0, provider: 'tenant', isPrimary: false }, atAuth0],
      { ownerProvider: 'auth0' },
    ],
    ['the first provider of an account without identities', [], { ownerProvider: 'auth0' }],
    [
      'whoever it has, where no identity holds the address any more',
      [{ ...atGoogle, holdsAddress: false }],
      { ownerProvider: 'google', sameProvider: true },
    ],
  ])('names %s', (_name, identities, expected) => {
    expect(decide({ emailOwner: owner(...identities) })).toEqual(conflict(expected));
  });

  it('takes two definitions of one issuer for the same provider (M6)', () => {
    const emailOwner = owner({ ...atGoogle, provider: 'google-workspace' });
    expect(decide({ emailOwner })).toEqual(conflict({ ownerProvider: 'google-workspace', sameProvider: true }));
  });

  it('makes no account where new people are not wanted, and still knows and refuses the others', () => {
    expect(decide({}, 'refuse', false)).toEqual({ kind: 'sign_up_disabled' });
    expect(decide({ emailOwner: owner(atAuth0) }, 'separate', false)).toEqual({ kind: 'sign_up_disabled' });
    expect(decide({ emailOwner: owner(atAuth0) }, 'refuse', false)).toEqual(conflict());
    expect(decide({ known }, 'refuse', false)).toEqual({ kind: 'existing', accountId: 'account-1' });
    expect(decide({ samePerson: known }, 'refuse', false)).toMatchObject({ kind: 'link' });
  });

  describe('under the policy "separate"', () => {
    it('gets an account of its own, which does not hold the address', () => {
      expect(decide({ emailOwner: owner(atAuth0) }, 'separate')).toEqual({ kind: 'create', sharesAddress: true });
      expect(decide({}, 'separate')).toEqual(created);
    });

    it('M6 is refused all the same for another subject of the same provider', () => {
      expect(decide({ emailOwner: owner(atGoogle) }, 'separate')).toEqual(recycled);
    });
  });

  describe('M4 under the policy "link-verified"', () => {
    it('is linked where both providers speak for the address', () => {
      expect(decide({ identity: authoritative, emailOwner: owner(atAuth0) }, 'link-verified')).toEqual(linked);
    });

    it.each<[string, Partial<SignInFacts>, SignInDecision]>([
      ['whose provider does not speak for it', { emailOwner: owner(atAuth0) }, conflict()],
      [
        'into an account whose provider does not',
        { identity: authoritative, emailOwner: owner({ ...atAuth0, emailAuthoritative: false }) },
        conflict(),
      ],
      [
        'into an account whose authoritative identity has another address',
        {
          identity: authoritative,
          emailOwner: owner(
            { ...atAuth0, emailAuthoritative: false },
            { ...atAuth0, provider: 'x', holdsAddress: false },
          ),
        },
        conflict(),
      ],
      [
        'into a disabled account',
        { identity: authoritative, emailOwner: { ...owner(atAuth0), disabled: true } },
        conflict({ disabled: true }),
      ],
      [
        'of another subject of the same provider (M6)',
        { identity: authoritative, emailOwner: owner(atGoogle) },
        recycled,
      ],
      [
        'into an account that was at the provider before, under another subject and address',
        { identity: authoritative, emailOwner: owner(atAuth0, { ...atGoogle, holdsAddress: false }) },
        conflict(),
      ],
    ])('is refused %s', (_name, facts, expected) => expect(decide(facts, 'link-verified')).toEqual(expected));
  });

  it('M2 makes an account of its own where no address may link or refuse, whoever holds it', () => {
    for (const holder of [atAuth0, atGoogle]) {
      const facts = { identity: authoritative, emailOwner: owner(holder) };
      expect(decideSignIn(facts, { linking: 'never', signUp: true })).toEqual({ kind: 'create', sharesAddress: true });
      expect(decideSignIn(facts, { linking: 'never', signUp: false })).toEqual({ kind: 'sign_up_disabled' });
    }
  });

  it('M2 lets an address select an account only where the operator wants it and both providers speak for it', () => {
    const provider = constantFrom('google', 'auth0', 'tenant');
    const holding = record({
      provider,
      issuer: constantFrom('https://accounts.google.com', 'https://tenant.example/'),
      isPrimary: boolean(),
      holdsAddress: boolean(),
      emailAuthoritative: boolean(),
    });
    const account = record({ accountId: constantFrom('account-1', 'account-2'), disabled: boolean() });
    const facts = record({
      identity: record({
        ...{ provider, issuer: constantFrom('https://accounts.google.com', 'https://tenant.example/') },
        subject: constantFrom('1'),
        email: constantFrom('ada@example.com'),
        emailVerified: boolean(),
        emailAuthoritative: option(boolean(), { nil: undefined }),
      }),
      known: option(account, { nil: undefined }),
      samePerson: option(account, { nil: undefined }),
      emailOwner: option(
        record({ accountId: constantFrom('account-3'), provider, disabled: boolean(), identities: array(holding) }),
        { nil: undefined },
      ),
    });
    const linking = constantFrom<LinkingPolicy>('separate', 'refuse', 'link-verified');
    assert(
      property(facts, linking, boolean(), (given, policy, signUp) => {
        const decision = decideSignIn(given, { linking: policy, signUp });
        if (decision.kind === 'existing') return decision.accountId === given.known?.accountId;
        if (decision.kind !== 'link') return true;
        if (decision.how === 'same_subject') return decision.accountId === given.samePerson?.accountId;
        const isHolder = ({ holdsAddress, emailAuthoritative }: HoldingIdentity): boolean =>
          holdsAddress && emailAuthoritative;
        const ownersSide = given.emailOwner?.disabled === false && given.emailOwner.identities.some(isHolder);
        const { emailVerified, emailAuthoritative } = given.identity;
        return policy === 'link-verified' && emailVerified && emailAuthoritative === true && ownersSide;
      }),
      { numRuns: 2_000 },
    );
  });
});
