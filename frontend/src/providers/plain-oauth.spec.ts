import { plainOAuth, type PlainOAuth } from './plain-oauth';

const provider = { id: 'p', title: 'P', issuer: 'https://provider.example', clientId: 'c', clientSecret: 's' };
const oauth: PlainOAuth = {
  authorizationUrl: 'https://provider.example/authorize',
  tokenUrl: 'https://api.provider.example/token',
  scope: 'email',
  checks: ['pkce', 'state'],
  askAnew: { prompt: 'select_account' },
  answerIssuer: 'https://provider.example/oauth',
};

describe('the authorization request of a provider without ID tokens', () => {
  it('asks for a new sign-in only where one is needed', () => {
    const { authorizationUrl: url } = oauth;
    expect(plainOAuth(provider, oauth).authorization).toEqual({ url, params: { scope: 'email' } });
    expect(plainOAuth(provider, oauth, { mustAskAnew: true }).authorization).toEqual({
      url,
      params: { scope: 'email', prompt: 'select_account' },
    });
  });

  it('F4 is checked in all ways that the provider takes part in, the name of who answers among them', () => {
    expect(plainOAuth(provider, oauth)).toMatchObject({
      checks: ['pkce', 'state'],
      issuer: 'https://provider.example/oauth',
    });
  });
});

it('asks nobody for the profile', async () => {
  const { userinfo, profile } = plainOAuth(provider, oauth);
  expect(await (userinfo as { request: () => Promise<object> }).request()).toEqual({});
  expect(await profile({}, {})).toEqual({ id: 'p' });
});
