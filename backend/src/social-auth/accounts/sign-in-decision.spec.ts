import { constantFrom, assert, boolean, option, property, record } from 'fast-check';
import type { VerifiedIdentity } from '../verification/verified-credential';
import { decideSignIn, type SignInDecision, type SignInFacts } from './sign-in-decision';

const identity: VerifiedIdentity = {
  provider: 'google',
  issuer: 'https://accounts.google.com',
  subject: '1',
  email: 'ada@example.com',
  emailVerified: true,
};
const known = { accountId: 'account-1', disabled: false };

describe('a sign-in', () => {
  it.each<[string, Partial<SignInFacts>, SignInDecision]>([
    ['of a new person makes an account', {}, { kind: 'create' }],
    ['of a known identity finds its account', { known }, { kind: 'existing', accountId: 'account-1' }],
    ['of a disabled account is refused (M9)', { known: { ...known, disabled: true } }, { kind: 'disabled' }],
    [
      'with an address that another provider has proven is a conflict (M2)',
      { emailOwner: { provider: 'auth0' } },
      { kind: 'conflict', ownerProvider: 'auth0', sameProvider: false },
    ],
    [
      'with the address of another subject of the same provider is a conflict of its own kind (M6)',
      { emailOwner: { provider: 'google' } },
      { kind: 'conflict', ownerProvider: 'google', sameProvider: true },
    ],
    [
      'of a known identity is not hindered by whoever holds its address now',
      { known, emailOwner: { provider: 'auth0' } },
      { kind: 'existing', accountId: 'account-1' },
    ],
    [
      'of a disabled account does not become a conflict',
      { known: { ...known, disabled: true }, emailOwner: { provider: 'auth0' } },
      { kind: 'disabled' },
    ],
  ])('%s', (_name, facts, expected) => expect(decideSignIn({ identity, ...facts })).toEqual(expected));

  it('M2 never selects an account by an address: whoever holds it, only the identity does', () => {
    const facts = record({
      identity: constantFrom(identity, { ...identity, emailVerified: false }, { ...identity, email: undefined }),
      known: option(record({ accountId: constantFrom('account-1', 'account-2'), disabled: boolean() }), {
        nil: undefined,
      }),
      emailOwner: option(record({ provider: constantFrom('google', 'auth0') }), { nil: undefined }),
    });
    assert(
      property(facts, (given) => {
        const decision = decideSignIn(given);
        return decision.kind !== 'existing' || decision.accountId === given.known?.accountId;
      }),
    );
  });
});
