import { grantsAreSound, isUnbound } from './access-claim-checks';

const refusal = { name: 'ProviderTokenRefusedError', code: 'provider_token_invalid' };

describe('what an access token grants', () => {
  it.each([{}, { scope: '' }, { scope: 'openid notes:read', permissions: [] }, { permissions: ['notes:read'] }])(
    'is read as %j says it',
    (claims) => expect(() => grantsAreSound(claims)).not.toThrow(),
  );

  it.each([
    { scope: ['notes:read'] },
    { scope: null },
    { permissions: 'notes:read' },
    { permissions: [['notes:read']] },
  ])('X1 is not guessed from %j', (claims) =>
    expect(() => grantsAreSound(claims)).toThrow(expect.objectContaining(refusal) as Error),
  );

  it('is not lent by a prototype', () => {
    expect(() => grantsAreSound(Object.create({ scope: 1 }) as object as Record<string, unknown>)).not.toThrow();
  });
});

describe('X5 an access token that is bound to a key', () => {
  it.each([{ cnf: { jkt: 'x' } }, { cnf: null }])('is no bearer token: %j', (claims) =>
    expect(() => isUnbound(claims)).toThrow(expect.objectContaining(refusal) as Error),
  );

  it('is told by that alone', () => expect(() => isUnbound({ jkt: 'x' })).not.toThrow());
});
