import type { VerifiedIdentity } from '../../verification/verified-credential';
import { firstProfile, hasProfile, profileOf, updatedProfile, type IdentityProfile } from './profile-update';

const bare: VerifiedIdentity = { provider: 'auth0', issuer: 'https://i.example/', subject: '1', emailVerified: false };
const empty: IdentityProfile = {
  email: null,
  emailVerified: false,
  name: null,
  picture: null,
  hostedDomain: null,
  emailAuthoritative: false,
};
const stored: IdentityProfile = {
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada',
  picture: 'https://p.example/',
  hostedDomain: 'example.com',
  emailAuthoritative: true,
};
const verified = { email: 'new@example.com', emailVerified: true };

describe('the profile of an identity', () => {
  it('is at first what the credential brings, and nothing where it brings nothing', () => {
    expect(firstProfile(bare)).toEqual(empty);
    const full = { ...verified, name: 'A', picture: 'https://x.example/' };
    expect(firstProfile({ ...bare, ...full })).toEqual({ ...empty, ...full });
    const organisation = { ...full, hostedDomain: 'example.com', emailAuthoritative: true };
    expect(firstProfile({ ...bare, ...organisation })).toEqual(organisation);
  });

  it('M4 says nothing of who speaks for an address that is not verified', () => {
    const unverified = { ...bare, email: 'new@example.com', emailAuthoritative: true };
    expect(firstProfile(unverified).emailAuthoritative).toBe(false);
    expect(updatedProfile(stored, unverified).emailAuthoritative).toBe(false);
  });

  it.each<[string, Partial<VerifiedIdentity>, Partial<IdentityProfile>]>([
    [
      'a new address, with which all that was said of the former one goes',
      verified,
      { email: 'new@example.com', emailAuthoritative: false, hostedDomain: null },
    ],
    [
      'a new address that is not verified',
      { email: 'new@example.com' },
      { email: 'new@example.com', emailVerified: false, emailAuthoritative: false, hostedDomain: null },
    ],
    [
      'the same address that is not verified any more',
      { email: 'ada@example.com' },
      { emailVerified: false, emailAuthoritative: false, hostedDomain: null },
    ],
    ['an organisation without an address', { hostedDomain: 'other.example' }, { hostedDomain: 'other.example' }],
    ['a new name', { name: 'Ada Winter' }, { name: 'Ada Winter' }],
    ['a new picture', { picture: 'https://q.example/' }, { picture: 'https://q.example/' }],
  ])('follows a credential with %s', (_name, changes, expected) => {
    expect(updatedProfile(stored, { ...bare, ...changes })).toEqual({ ...stored, ...expected });
  });

  it('keeps what a credential without a profile does not carry, the verified flag included', () => {
    expect(updatedProfile(stored, bare)).toEqual(stored);
  });

  it('M3 never becomes verified without an address', () => {
    expect(updatedProfile(empty, { ...bare, emailVerified: true })).toEqual(empty);
    expect(firstProfile({ ...bare, emailVerified: true })).toEqual(empty);
  });

  it('gives an account the part that one has', () => {
    const { email, emailVerified, name, picture } = stored;
    expect(profileOf(stored)).toEqual({ email, emailVerified, name, picture });
  });

  it.each<Partial<IdentityProfile>>([
    { email: 'Ada@example.com' },
    { emailVerified: false },
    { name: null },
    { picture: 'https://q.example/' },
    { hostedDomain: null },
    { emailAuthoritative: false },
  ])('differs from what is kept when any part does: %p', (change) => {
    expect(hasProfile(stored, { ...stored, ...change })).toBe(false);
  });

  it('does not differ from itself', () => {
    expect(hasProfile(stored, { ...stored })).toBe(true);
  });
});
