import { listed, quoted, quotedClaim } from './quoted-value';

describe('quoted', () => {
  it.each([
    ['a text', 'web', '"web"'],
    ['what is absent', undefined, 'absent'],
    ['null', null, 'null'],
    ['a number', 12.5, '12.5'],
    ['a list', ['a', 'b'], '"a", "b"'],
    ['an empty list', [], 'none'],
    ['a list in a list', [['a']], 'a list'],
    ['an object', { a: 1 }, 'an object'],
    ['control characters, quotes and what is not ASCII', 'a\n"\\\u202eü\0', '"a??????"'],
    ['a text of 80 characters', 'x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['a longer one', 'x'.repeat(81), `"${'x'.repeat(80)}" (the first 80 of 81 characters)`],
    ['an e-mail address', 'to eve@example.com', '(an e-mail address)'],
    ['a JWT', 'https://x.example/?eyJhbGciOiJSUzI1NiJ9.e30.AA', '(a JWT)'],
  ])('shows %s', (_what, value, shown) => {
    expect(quoted(value)).toBe(shown);
  });

  it('shows the first five of many', () => {
    expect(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('"a", "b", "c", "d", "e" and 2 more');
  });
});

describe('quotedClaim', () => {
  const claims = { sub: '123', email: 'eve', aud: ['123', 'web'], azp: 'eve', iss: 'https://i.example' };

  it('names the subject and the e-mail address instead of showing them', () => {
    expect(quotedClaim(claims, 'aud')).toBe('(its subject or e-mail address), "web"');
    expect(quotedClaim(claims, 'azp')).toBe('(its subject or e-mail address)');
    expect(quotedClaim(claims, 'iss')).toBe('"https://i.example"');
    expect(quotedClaim(claims, 'toString')).toBe('absent');
  });
});
