import { profileOfApple } from './apple-email';

const ISSUER = 'https://appleid.apple.com';
const email = 'ada@example.org';
const relayed = 'x7f2@privaterelay.appleid.com';

describe('the address in an ID token of Apple', () => {
  it.each([true, 'true'])('M3 is verified where Apple says %p', (email_verified) => {
    expect(profileOfApple({ email, email_verified }, ISSUER)).toMatchObject({ email, emailVerified: true });
  });

  it.each([false, 'false', 'TRUE', 'True', 'true ', '1', 1, 'yes', '', null, undefined, {}, ['true'], [true]])(
    'M3 is not verified where it says %p',
    (email_verified) => {
      expect(profileOfApple({ email, email_verified }, ISSUER).emailVerified).toBe(false);
    },
  );

  it('M3 is not verified by what its prototype lends', () => {
    const claims = Object.create({ email_verified: true, is_private_email: true }) as Record<string, unknown>;
    claims.email = email;
    expect(profileOfApple(claims, ISSUER)).toMatchObject({ emailVerified: false, emailAuthoritative: false });
  });

  it.each([
    ['a private one', { email: relayed, is_private_email: 'true' }],
    ['a private one, told by a boolean', { email: relayed, is_private_email: true }],
    ['a private one of a domain that Apple has yet to think of', { email, is_private_email: 'true' }],
    ['one of iCloud', { email: 'ada@icloud.com' }],
    ['one of iCloud’s former names', { email: 'Ada@ME.com' }],
  ])('M4 is one for which Apple speaks, where it is %s', (_which, claims) => {
    expect(profileOfApple({ ...claims, email_verified: 'true' }, ISSUER).emailAuthoritative).toBe(true);
    expect(profileOfApple({ ...claims, email_verified: 'false' }, ISSUER).emailAuthoritative).toBe(false);
  });

  it.each([
    { email },
    { email, is_private_email: 'false' },
    { email, is_private_email: false },
    { email, is_private_email: 'yes' },
    { email: 'ada@icloud.com.evil.example' },
    { email: 'ada@noticloud.com' },
    { is_private_email: true },
  ])('M4 is checked once and no more in %j', (claims) => {
    expect(profileOfApple({ ...claims, email_verified: true }, ISSUER).emailAuthoritative).toBe(false);
  });

  it('M7 is not verified where it is not plain', () => {
    const claims = { email: 'ada@ｉcloud.com', email_verified: 'true', is_private_email: 'true' };
    expect(profileOfApple(claims, ISSUER)).toMatchObject({ emailVerified: false, emailAuthoritative: false });
  });
});
