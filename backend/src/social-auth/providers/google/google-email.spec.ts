import { addressOfGoogle } from './google-email';

const verified = (email: string): { email: string; emailVerified: boolean } => ({ email, emailVerified: true });

describe('M4 Google speaks for', () => {
  it.each(['ada@gmail.com', 'ada@GMAIL.com', 'ada@googlemail.com'])('its own addresses: %s', (email) => {
    expect(addressOfGoogle({}, verified(email))).toEqual({ hostedDomain: undefined, emailAuthoritative: true });
  });

  it('the addresses of organisations', () => {
    expect(addressOfGoogle({ hd: 'Acme.example' }, verified('ada@acme.example'))).toEqual({
      hostedDomain: 'acme.example',
      emailAuthoritative: true,
    });
  });

  it.each([
    'ada@example.com',
    'ada@gmail.com.evil.example',
    'ada@notgmail.com',
    'gmail.com@example.com',
    'ada@mail.gmail.com',
  ])('no other address: %s', (email) => expect(addressOfGoogle({}, verified(email)).emailAuthoritative).toBe(false));

  it('no address that is not verified, and none at all', () => {
    expect(addressOfGoogle({}, { email: 'ada@gmail.com', emailVerified: false }).emailAuthoritative).toBe(false);
    expect(addressOfGoogle({ hd: 'acme.example' }, { emailVerified: false })).toEqual({
      hostedDomain: 'acme.example',
      emailAuthoritative: false,
    });
  });

  it.each([
    1,
    true,
    null,
    '',
    ['acme.example'],
    { a: 'acme.example' },
    'acme',
    'a b.example',
    'x\u0000.example',
    `${'a.'.repeat(200)}example`,
  ])('no organisation that is none: %p', (hd) => {
    expect(addressOfGoogle({ hd }, verified('ada@example.com'))).toEqual({
      hostedDomain: undefined,
      emailAuthoritative: false,
    });
  });

  it('no organisation of an inherited member', () => {
    const claims = Object.create({ hd: 'acme.example' }) as Record<string, never>;
    expect(addressOfGoogle(claims, verified('ada@example.com')).emailAuthoritative).toBe(false);
  });
});
