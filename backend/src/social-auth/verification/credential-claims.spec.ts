import { contextOf, scopesClaim, stringClaim } from './credential-claims';

describe('claims of a verified token', () => {
  it('are read by their type, and count as absent when they have another', () => {
    const claims = { text: 'x', number: 7, list: ['x'], nothing: null };
    expect(['text', 'number', 'list', 'nothing', 'missing'].map((name) => stringClaim(claims, name))).toEqual([
      'x',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('V7 are never lent from a prototype', () => {
    const claims = Object.create({ nonce: 'lent', scope: 'lent' }) as Record<string, unknown>;
    expect(stringClaim(claims, 'nonce')).toBeUndefined();
    expect(scopesClaim(claims)).toBeUndefined();
  });

  it.each([
    ['openid  email ', ['openid', 'email']],
    ['', []],
    [undefined, undefined],
    [['openid'], undefined],
  ])('list the scopes of %j', (scope, expected) => expect(scopesClaim({ scope })).toEqual(expected));

  it('give times, nonce and session', () => {
    const claims = { iat: 100, exp: 200, auth_time: 90, nonce: 'n', sid: 's' };
    expect(contextOf(claims)).toEqual({
      issuedAt: new Date(100_000),
      expiresAt: new Date(200_000),
      authTime: new Date(90_000),
      nonce: 'n',
      sessionId: 's',
    });
    for (const authTime of ['90', null, [90], Number.NaN]) {
      expect(contextOf({ iat: 100, exp: 200, auth_time: authTime, nonce: 1 })).toMatchObject({
        authTime: undefined,
        nonce: undefined,
        sessionId: undefined,
      });
    }
  });

  it.each([
    [101, 100],
    [1e308, 100],
    [9e12, 100],
    [-1, 0],
    [-1e308, 0],
  ])('hold the proof of %d for one between the first of all seconds and the issue', (authTime, seconds) => {
    const claims = { iat: 100, exp: 200, auth_time: authTime };
    expect(contextOf(claims).authTime).toEqual(new Date(seconds * 1_000));
  });
});
