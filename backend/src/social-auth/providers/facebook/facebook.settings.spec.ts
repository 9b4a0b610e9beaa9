import { settingsFaults } from '../../../../test/support/settings-faults';
import {
  completeFacebookSettings,
  facebookClient,
  facebookSettings,
  type FacebookSettings,
  type FacebookVariables,
} from './facebook.settings';

const SECRET = '0123456789abcdef0123456789abcdef';
const read = (variables: FacebookVariables, production = false): FacebookSettings | undefined =>
  facebookSettings(variables, { production });

const faultsOf = (variables: FacebookVariables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const app: FacebookVariables = { FACEBOOK_APP_ID: '138483919580948', FACEBOOK_APP_SECRET: SECRET };

describe('the settings of Facebook', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need an app and its secret and take Facebook’s own addresses for the rest', () => {
    expect(completeFacebookSettings(read(app, true) as FacebookSettings)).toEqual({
      app: '138483919580948',
      appSecret: SECRET,
      issuers: ['https://www.facebook.com'],
      jwksUri: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
      graphUri: 'https://graph.facebook.com',
      maximumAgeSeconds: 86_400,
    });
  });

  it('take every address from its variable', () => {
    const variables = {
      ...app,
      FACEBOOK_ISSUER: 'https://www.facebook.com, https://limited.facebook.com',
      FACEBOOK_JWKS_URI: 'https://keys.example.com/',
      FACEBOOK_GRAPH_URI: 'https://graph.facebook.com/v24.0/',
    };
    expect(completeFacebookSettings(read(variables, true) as FacebookSettings)).toMatchObject({
      issuers: ['https://www.facebook.com', 'https://limited.facebook.com'],
      jwksUri: 'https://keys.example.com/',
      graphUri: 'https://graph.facebook.com/v24.0',
    });
  });

  it('look at nonces unless they say otherwise', () => {
    expect(facebookClient({ app: 'id' })).toEqual({ id: 'id', nonce: 'if-present' });
    const ios = read({ ...app, FACEBOOK_APP_ID: 'id;platform=ios;nonce=required' }) as FacebookSettings;
    expect(facebookClient(ios)).toEqual({ id: 'id', platform: 'ios', nonce: 'required' });
    expect(facebookClient({ app: { id: 'id', nonce: 'off' } }).nonce).toBe('off');
  });

  it.each(['FACEBOOK_APP_ID', 'FACEBOOK_APP_SECRET'] as const)('name %s where it alone is missing', (name) => {
    expect(faultsOf({ ...app, [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
  });

  it.each(['FACEBOOK_ISSUER', 'FACEBOOK_JWKS_URI', 'FACEBOOK_GRAPH_URI'] as const)(
    'name all that is missing where %s is set alone',
    (name) => {
      expect(faultsOf({ [name]: 'https://facebook.example' }).map((fault) => fault.split(':')[0])).toEqual([
        'FACEBOOK_APP_ID',
        'FACEBOOK_APP_SECRET',
      ]);
    },
  );

  it.each(['one,two', 'one;nonce=always', 'one;colour=red'])('have a fault for the app id %j', (value) => {
    expect(faultsOf({ ...app, FACEBOOK_APP_ID: value })).toEqual([expect.stringMatching(/^FACEBOOK_APP_ID: /)]);
  });

  it('L4 refuse a placeholder for the secret in production, without repeating it', () => {
    const faults = faultsOf({ ...app, FACEBOOK_APP_SECRET: 'changeme' }, true);
    expect(faults).toEqual([expect.stringMatching(/^FACEBOOK_APP_SECRET: expected/)]);
    expect(faults.join()).not.toContain('changeme');
    expect(faultsOf({ ...app, FACEBOOK_APP_SECRET: 'changeme' })).toEqual([]);
  });

  it('refuse loopback and plain http in production, by the name of every variable', () => {
    const address = 'http://127.0.0.1:3002';
    const twin = { ...app, FACEBOOK_ISSUER: address, FACEBOOK_JWKS_URI: address, FACEBOOK_GRAPH_URI: address };
    expect(faultsOf(twin)).toEqual([]);
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual([
      'FACEBOOK_JWKS_URI',
      'FACEBOOK_GRAPH_URI',
      'FACEBOOK_ISSUER',
    ]);
  });
});
