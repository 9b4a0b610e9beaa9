import { codeOf } from '../../../../test/support/refusal-of';
import { markIsOf, partyOfSeveralIsNamed } from './oidc-token-checks';

const WRONG_KIND = 'provider_token_wrong_kind';

describe('V10 what a claim says that a token is', () => {
  it.each([{}, { typ: 'ID' }, { token_use: 'id' }])('may be an ID token: %j', (claims) => {
    expect(() => markIsOf('id_token')(claims)).not.toThrow();
  });

  it.each([{}, { typ: 'Bearer' }, { token_use: 'access' }])('may be an access token: %j', (claims) => {
    expect(() => markIsOf('access_token')(claims)).not.toThrow();
  });

  it.each([
    { typ: 'Bearer' },
    { typ: 'Refresh' },
    { typ: 'Logout' },
    { typ: 'id' },
    { typ: null },
    { typ: ['ID'] },
    { token_use: 'access' },
    { typ: 'ID', token_use: 'access' },
  ])('is no ID token: %j', async (claims) => {
    expect(await codeOf(() => markIsOf('id_token')(claims))).toBe(WRONG_KIND);
  });

  it.each([{ typ: 'ID' }, { typ: 'DPoP' }, { token_use: 'id' }])('is no access token: %j', async (claims) => {
    expect(await codeOf(() => markIsOf('access_token')(claims))).toBe(WRONG_KIND);
  });
});

describe('V13 the party of an ID token for several audiences', () => {
  it.each([{ aud: 'web' }, { aud: ['web'] }, { aud: ['web', 'project'], azp: 'web' }])('is well in %j', (claims) => {
    expect(() => partyOfSeveralIsNamed(claims)).not.toThrow();
  });

  it('must be named', async () => {
    const claims = { aud: ['web', 'project'], client_id: 'web' };
    expect(await codeOf(() => partyOfSeveralIsNamed(claims))).toBe('provider_token_wrong_audience');
  });
});
