import { settingsFaults } from '../../../../test/support/settings-faults';
import { googleSettings, type GoogleSettings, type GoogleVariables } from './google.settings';

const read = (variables: GoogleVariables, production = false): GoogleSettings | undefined =>
  googleSettings(variables, { production });

const faultsOf = (variables: GoogleVariables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const twin: GoogleVariables = {
  GOOGLE_CLIENT_ID: 'web,mobile',
  GOOGLE_ISSUER: 'http://127.0.0.1:3002/google',
  GOOGLE_JWKS_URI: 'http://127.0.0.1:3002/google/oauth2/v3/certs',
  GOOGLE_TOKENINFO_URI: 'http://127.0.0.1:3002/google/tokeninfo',
  GOOGLE_USERINFO_URI: 'http://127.0.0.1:3002/google/v1/userinfo',
};

describe('the settings of Google', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need a client id and take Google’s own addresses for the rest', () => {
    expect(read({ GOOGLE_CLIENT_ID: ' web , android,ios ' }, true)).toEqual({
      clientIds: ['web', 'android', 'ios'],
      issuers: undefined,
      jwksUri: undefined,
      tokeninfoUri: undefined,
      userinfoUri: undefined,
    });
  });

  it('take every address from its variable', () => {
    expect(read(twin)).toEqual({
      clientIds: ['web', 'mobile'],
      issuers: [twin.GOOGLE_ISSUER],
      jwksUri: twin.GOOGLE_JWKS_URI,
      tokeninfoUri: twin.GOOGLE_TOKENINFO_URI,
      userinfoUri: twin.GOOGLE_USERINFO_URI,
    });
  });

  it('take both spellings of Google’s issuer, the first of which is stored', () => {
    const { issuers } =
      read({ GOOGLE_CLIENT_ID: 'web', GOOGLE_ISSUER: 'https://accounts.google.com,accounts.google.com' }, true) ?? {};
    expect(issuers).toEqual(['https://accounts.google.com', 'accounts.google.com']);
  });

  it.each(['GOOGLE_ISSUER', 'GOOGLE_JWKS_URI', 'GOOGLE_TOKENINFO_URI', 'GOOGLE_USERINFO_URI'] as const)(
    'have a fault when %s is set without a client id',
    (name) => {
      expect(faultsOf({ [name]: 'https://google.example/' })).toEqual([
        'GOOGLE_CLIENT_ID: expected one or several client ids, comma separated',
      ]);
    },
  );

  it('have all faults at once, each with its variable', () => {
    const broken = {
      ...twin,
      GOOGLE_CLIENT_ID: ',',
      GOOGLE_ISSUER: 'issuer,http://evil.example',
      GOOGLE_JWKS_URI: 'x',
    };
    expect(faultsOf(broken).map((fault) => fault.split(':')[0])).toEqual([
      'GOOGLE_CLIENT_ID',
      'GOOGLE_JWKS_URI',
      'GOOGLE_ISSUER',
      'GOOGLE_ISSUER',
    ]);
  });

  it('refuse the demo issuer in production, by the name of every variable', () => {
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual([
      'GOOGLE_JWKS_URI',
      'GOOGLE_TOKENINFO_URI',
      'GOOGLE_USERINFO_URI',
      'GOOGLE_ISSUER',
    ]);
  });
});
