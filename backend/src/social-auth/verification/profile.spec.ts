import { codeOf } from '../../../test/support/refusal-of';
import { profileOf } from './profile';

const ISSUER = 'https://issuer.example';
const read = (claims: object): ReturnType<typeof profileOf> => profileOf(claims as Record<string, unknown>, ISSUER);

describe('the e-mail address', () => {
  it('is verified by the boolean true alone', () => {
    expect(read({ email: 'ada@example.com', email_verified: true })).toMatchObject({
      email: 'ada@example.com',
      emailVerified: true,
    });
  });

  it.each(['true', 'TRUE', 1, 'yes', ['true'], [true], {}, null, undefined, false, 0, ''])(
    'M3 is not verified by %j',
    (email_verified) => {
      expect(read({ email: 'ada@example.com', email_verified })).toMatchObject({ emailVerified: false });
    },
  );

  it('M3 is not verified by a flag of the prototype, nor by one without an address', () => {
    const lent = Object.assign(Object.create({ email_verified: true }) as object, { email: 'ada@example.com' });
    expect(read(lent).emailVerified).toBe(false);
    expect(read(JSON.parse('{"email":"ada@example.com","__proto__":{"email_verified":true}}') as object)).toMatchObject(
      {
        emailVerified: false,
      },
    );
    expect(read({ email_verified: true })).toEqual({ emailVerified: false });
  });

  it.each([
    ['a full-width @', 'victim＠example.com'],
    ['a full-width letter', 'ｖictim@example.com'],
    ['a Cyrillic letter', 'vіctim@example.com'],
    ['a Kelvin sign', 'mar\u212a@example.com'],
    ['a dotless i', 'v\u0131ctim@example.com'],
    ['a combining accent', 'vi\u0301ctim@example.com'],
    ['a zero-width space', 'victim\u200b@example.com'],
    ['a right-to-left mark', '\u200fvictim@example.com'],
    ['a soft hyphen', 'vic\u00adtim@example.com'],
    ['a blank at the end', 'victim@example.com '],
    ['a blank at the start', ' victim@example.com'],
    ['a no-break space', 'victim@example.com\u00a0'],
    ['a blank within', 'vic tim@example.com'],
    ['an international domain', 'victim@exämple.com'],
    ['two @', 'victim@example.com@evil.example'],
    ['no @', 'victim.example.com'],
    ['no local part', '@example.com'],
    ['no domain', 'victim@'],
    ['a lone surrogate', 'victim\ud800@example.com'],
    ['an emoji', 'victim🦊@example.com'],
  ])('M7 is never compared when it has %s', (_name, email) => {
    expect(read({ email, email_verified: true })).toEqual({ email, emailVerified: false });
  });

  it.each([
    'Victim@Example.COM',
    'vic.tim+tag@example.com',
    "o'brien@example.com",
    'victim@localhost',
    '"a"@b',
    'a@b.',
  ])('M7 is kept byte for byte when it is plain: %s', (email) => {
    expect(read({ email, email_verified: true })).toEqual({ email, emailVerified: true });
  });

  it.each(['victim\0@example.com', 'victim@example.com\n', '\tvictim@example.com', 'a\u001b[31m@b.c', 'a\u0085@b.c'])(
    'M7 refuses the token when it has a control character: %j',
    async (email) => {
      expect(await codeOf(() => read({ email, email_verified: true }))).toBe('provider_token_invalid');
      expect(await codeOf(() => read({ email }))).toBe('provider_token_invalid');
    },
  );

  it('refuses the token when it is longer than an address can be', async () => {
    const email = (length: number): string => `${'a'.repeat(length - 12)}@example.com`;
    expect(read({ email: email(254), email_verified: true }).emailVerified).toBe(true);
    expect(await codeOf(() => read({ email: email(255), email_verified: true }))).toBe('provider_token_invalid');
  });

  it.each([undefined, null, '', 7, ['a@b.c'], { email: 'a@b.c' }])('is absent when it is %j', (email) => {
    expect(read({ email, email_verified: true })).toEqual({ emailVerified: false });
  });
});

describe('the name', () => {
  const nameOf = (name: unknown): string | undefined => read({ name }).name;

  it('M11 is text, not HTML, and is kept as it is', () => {
    expect(nameOf('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
    expect(nameOf("Robert'); DROP TABLE social_auth_account;--")).toContain('DROP TABLE');
    expect(nameOf('Žofie Nováková 🦊')).toBe('Žofie Nováková 🦊');
  });

  it('M11 L2 has no control, direction or format characters and no line breaks', () => {
    expect(nameOf('a\nb\r\nc\td\0e\u001b[31mf')).toBe('a b  c d e [31mf');
    expect(nameOf('\u202eevil\u2066\u200b\ufeff')).toBe('evil');
    expect(nameOf('a\u2028b\u2029c')).toBe('a b c');
    expect(nameOf('x\ud800y')).toBe('x y');
  });

  it('M11 is at most 200 characters long, and no character is cut in two', () => {
    expect(nameOf('x'.repeat(10_000))).toBe('x'.repeat(200));
    expect(nameOf('🦊'.repeat(201))).toBe('🦊'.repeat(200));
  });

  it.each(['', '   ', '\n', 7, null, ['Ada'], {}, true])('is absent when it is %j', (name) => {
    expect(nameOf(name)).toBeUndefined();
  });
});

describe('the picture', () => {
  const pictureOf = (picture: unknown, issuer = ISSUER): string | undefined => profileOf({ picture }, issuer).picture;

  it('M11 is an https address', () => {
    expect(pictureOf('https://images.example/ada.png?s=96#x')).toBe('https://images.example/ada.png?s=96#x');
    expect(pictureOf('HTTPS://IMAGES.EXAMPLE/a b')).toBe('https://images.example/a%20b');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1/',
    'http://images.example/ada.png',
    'http://issuer.example/ada.png',
    'ftp://images.example/ada.png',
    'file:///etc/passwd',
    'blob:https://images.example/x',
    'https:',
    'https://',
    '//images.example/ada.png',
    '/ada.png',
    'ada.png',
    '',
    '"><script>',
  ])('M11 is not %j', (picture) => expect(pictureOf(picture)).toBeUndefined());

  it('M11 may be plain http at the own origin of an issuer that is reached by plain http itself', () => {
    const issuer = 'http://127.0.0.1:3002/google';
    expect(pictureOf('http://127.0.0.1:3002/google/pictures/ada.svg', issuer)).toContain('ada.svg');
    for (const other of ['http://127.0.0.1:3003/x', 'http://localhost:3002/x', 'http://127.0.0.1/x']) {
      expect(pictureOf(other, issuer)).toBeUndefined();
    }
  });

  it('M11 is at most 2,048 characters long, also after encoding', () => {
    const address = (length: number): string => `https://a.example/${'x'.repeat(length - 18)}`;
    expect(pictureOf(address(2_048))).toHaveLength(2_048);
    expect(pictureOf(address(2_049))).toBeUndefined();
    expect(pictureOf(`https://a.example/${'ü'.repeat(1_000)}`)).toBeUndefined();
  });

  it.each([7, null, ['https://a.example/'], {}])('is absent when it is %j', (picture) =>
    expect(pictureOf(picture)).toBeUndefined(),
  );
});

describe('a namespace', () => {
  const namespace = 'https://example.com/';

  it('is the one place from which a profile is read', () => {
    const claims = {
      email: 'eve@example.com',
      email_verified: true,
      name: 'Eve',
      [`${namespace}email`]: 'ada@example.com',
      [`${namespace}email_verified`]: true,
    };
    expect(profileOf(claims, ISSUER, namespace)).toEqual({ email: 'ada@example.com', emailVerified: true });
  });

  it('M3 takes no flag from outside', () => {
    const claims = { email_verified: true, [`${namespace}email`]: 'ada@example.com' };
    expect(profileOf(claims, ISSUER, namespace).emailVerified).toBe(false);
  });
});
