import type { VerifiedIdentity } from '../verification/verified-credential';
import { firstProfile, sameProfile, updatedProfile, type StoredProfile } from './profile-update';

const bare: VerifiedIdentity = { provider: 'auth0', issuer: 'https://i.example/', subject: '1', emailVerified: false };
const stored: StoredProfile = {
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada',
  picture: 'https://p.example/',
};

describe('the profile of an identity', () => {
  it('is at first what the credential brings, and nothing where it brings nothing', () => {
    expect(firstProfile(bare)).toEqual({ email: null, emailVerified: false, name: null, picture: null });
    expect(
      firstProfile({ ...bare, email: 'a@b.c', emailVerified: true, name: 'A', picture: 'https://x.example/' }),
    ).toEqual({
      email: 'a@b.c',
      emailVerified: true,
      name: 'A',
      picture: 'https://x.example/',
    });
  });

  it.each<[string, Partial<VerifiedIdentity>, Partial<StoredProfile>]>([
    ['a new address', { email: 'new@example.com', emailVerified: true }, { email: 'new@example.com' }],
    [
      'a new address that is not verified',
      { email: 'new@example.com' },
      { email: 'new@example.com', emailVerified: false },
    ],
    ['the same address that is not verified any more', { email: 'ada@example.com' }, { emailVerified: false }],
    ['a new name', { name: 'Ada Winter' }, { name: 'Ada Winter' }],
    ['a new picture', { picture: 'https://q.example/' }, { picture: 'https://q.example/' }],
  ])('follows a credential with %s', (_name, changes, expected) => {
    expect(updatedProfile(stored, { ...bare, ...changes })).toEqual({ ...stored, ...expected });
  });

  it('keeps what a credential without a profile does not carry, the verified flag included', () => {
    expect(updatedProfile(stored, bare)).toEqual(stored);
  });

  it('M3 never becomes verified without an address', () => {
    const without: StoredProfile = { ...stored, email: null, emailVerified: false };
    expect(updatedProfile(without, { ...bare, emailVerified: true })).toEqual(without);
  });

  it('differs when any part does, and only then', () => {
    expect(sameProfile(stored, { ...stored })).toBe(true);
    const others = [
      { email: 'Ada@example.com' },
      { emailVerified: false },
      { name: null },
      { picture: 'https://q.example/' },
    ];
    for (const change of others) expect(sameProfile(stored, { ...stored, ...change })).toBe(false);
  });
});
