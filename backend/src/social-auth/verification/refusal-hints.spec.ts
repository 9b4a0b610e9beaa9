import type { ConfiguredProvider, RefusalContext } from '../errors/refusal-explanation';
import { audienceHints, issuerHint } from './refusal-hints';

const google: ConfiguredProvider = {
  name: 'google',
  title: 'Google',
  route: 'auth/google',
  issuers: ['https://accounts.google.com', 'accounts.google.com'],
  clients: [{ id: 'web', platform: 'web' }, { id: 'robot', platform: 'android' }, { id: 'plain' }],
  hintOn: (audience) => (audience === 'kin' ? 'It is kin.' : undefined),
};
const auth0: ConfiguredProvider = {
  name: 'auth0',
  title: 'Auth0',
  route: 'auth/auth0',
  issuers: ['https://tenant.example/'],
  clients: [{ id: 'spa' }, { id: 'plain' }],
  audience: 'https://api.example.com/',
  audienceSetting: 'AUTH0_AUDIENCE',
};
const stranger: ConfiguredProvider = { name: 'tenant', title: 'Tenant', route: 'auth/tenant' };
const at = (provider: string): RefusalContext => ({ provider, configured: [stranger, google, auth0] });

describe('the hints on an audience', () => {
  it.each([
    ['a client of a platform', 'google', 'robot', ' "robot" is your Android client id at Google.'],
    ['a client without one', 'auth0', 'spa', ' "spa" is one of your client ids at Auth0.'],
    [
      'a client of the other provider',
      'auth0',
      'robot',
      ' "robot" is your Android client id at Google: post the token to /auth/google.',
    ],
    ['a client of both providers', 'auth0', 'plain', ' "plain" is one of your client ids at Auth0.'],
    [
      'the identifier of the API',
      'auth0',
      'https://api.example.com/',
      ' "https://api.example.com/" is your API identifier (AUTH0_AUDIENCE) at Auth0.',
    ],
    ['what the provider alone can tell', 'google', 'kin', ' It is kin.'],
    ['nothing that is known', 'auth0', 'kin', ''],
    ['nothing at a provider that says nothing of itself', 'tenant', 'nobody', ''],
  ])('know %s', (_what, provider, audience, hint) => {
    expect(audienceHints([audience], at(provider))).toBe(hint);
  });

  it('pass over what is no text, and speak of several', () => {
    expect(audienceHints([undefined, 7, 'robot', 'kin'], at('google'))).toBe(
      ' "robot" is your Android client id at Google. It is kin.',
    );
  });
});

describe('the hint on an issuer', () => {
  it.each([
    [
      'the issuer of another provider',
      'https://tenant.example/',
      ' That is an issuer of Auth0: post the token to /auth/auth0.',
    ],
    ['a slash too many', 'https://accounts.google.com/', ' The two differ in the slash at the end alone.'],
    ['nothing that is known', 'https://nobody.example', ''],
    ['nothing of what is no text', 7, ''],
  ])('knows %s', (_what, issuer, hint) => {
    expect(issuerHint(issuer, at('google'))).toBe(hint);
  });
});
