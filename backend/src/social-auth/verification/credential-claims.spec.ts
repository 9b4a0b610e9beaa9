import { contextOf, dateClaim, scopesClaim, stringClaim } from './credential-claims';

describe('claims of a verified token', () => {
  it('are read by their type, and count as absent when they have another', () => {
    const claims = { text: 'x', number: 7, list: ['x'], nothing: null, bad: Number.NaN };
    expect(['text', 'number', 'list', 'nothing', 'missing'].map((name) => stringClaim(claims, name))).toEqual([
      'x',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(dateClaim(claims, 'number')).toEqual(new Date(7_000));
    for (const name of ['text', 'bad', 'nothing', 'missing']) expect(dateClaim(claims, name)).toBeUndefined();
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
    expect(contextOf({ iat: 100, exp: 200, auth_time: '90', nonce: 1 })).toMatchObject({
      authTime: undefined,
      nonce: undefined,
      sessionId: undefined,
    });
  });
});
