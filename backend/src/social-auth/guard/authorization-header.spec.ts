import { AUTH_SCHEMES, presentedToken } from './authorization-header';

const presented = (...headers: string[]) =>
  presentedToken(
    {
      headers: { authorization: headers[0] },
      rawHeaders: headers.flatMap((header) => ['Authorization', header]),
    },
    AUTH_SCHEMES,
  );

describe('the Authorization header', () => {
  it.each(['Bearer abc', 'bearer abc', 'BEARER   abc', 'Token abc', 'Bearer abc  '])(
    'G2 holds the token of %j',
    (header) => expect(presented(header)).toEqual({ kind: 'present', token: 'abc' }),
  );

  it.each(['a.b-c_d~e+f/g==', '0'])('G2 holds %j as it is', (token) =>
    expect(presented(`Bearer ${token}`)).toEqual({ kind: 'present', token }),
  );

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer two words',
    'Bearer a,b',
    'Bearer "abc"',
    'Bearer a=b',
    'Bearer é',
    'Bearer a\tb',
  ])('G2 refuses %j', (header) => expect(presented(header)).toMatchObject({ kind: 'malformed' }));

  it.each(['', 'Basic abc', 'Bearerabc', ' Bearer abc', 'DPoP abc', 'Bearer: abc'])(
    'G2 finds no token of ours in %j',
    (header) => expect(presented(header)).toEqual({ kind: 'absent' }),
  );

  it('G2 refuses two, and knows that there is none', () => {
    expect(presented('Bearer abc', 'Bearer def')).toMatchObject({ kind: 'malformed' });
    expect(presentedToken({ headers: {} }, AUTH_SCHEMES)).toEqual({ kind: 'absent' });
  });

  it('G2 takes no scheme that is switched off', () =>
    expect(presentedToken({ headers: { authorization: 'Token abc' } }, ['Bearer'])).toEqual({ kind: 'absent' }));
});
