import { settingsFaults } from '../../../../test/support/settings-faults';
import {
  isOidcVariable,
  oidcSettings,
  oidcVariableNames,
  type OidcSettings,
  type OidcVariables,
} from './oidc.settings';

const read = (variables: OidcVariables, production = false): OidcSettings =>
  oidcSettings('okta')(variables, { production });

const faultsOf = (variables: OidcVariables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const least: OidcVariables = {
  OIDC_OKTA_ISSUER: 'https://example.okta.com',
  OIDC_OKTA_CLIENT_ID: 'web,ios;nonce=required',
};

describe('the settings of an instance', () => {
  it('need an issuer and a client id', () => {
    expect(read(least, true)).toEqual({
      issuers: ['https://example.okta.com'],
      clientIds: ['web', { id: 'ios', nonce: 'required' }],
      audience: undefined,
      jwksUri: undefined,
      claims: undefined,
      emailVerified: false,
    });
    expect(faultsOf({})).toEqual([
      'OIDC_OKTA_CLIENT_ID: expected one or several client ids, comma separated',
      'OIDC_OKTA_ISSUER: expected the address of an issuer',
    ]);
  });

  it('take everything else from its variable', () => {
    const all = {
      OIDC_OKTA_ISSUER: 'https://one.example,https://two.example/',
      OIDC_OKTA_CLIENT_ID: 'web',
      OIDC_OKTA_AUDIENCE: 'api://default',
      OIDC_OKTA_JWKS_URI: 'https://keys.example/',
      OIDC_OKTA_TITLE: 'Okta der Firma',
      OIDC_OKTA_CLAIMS: 'email=upn',
      OIDC_OKTA_EMAIL_VERIFIED: 'true',
    };
    expect(Object.keys(all)).toEqual(oidcVariableNames('okta'));
    expect(read(all, true)).toEqual({
      issuers: ['https://one.example', 'https://two.example/'],
      clientIds: ['web'],
      audience: 'api://default',
      jwksUri: 'https://keys.example/',
      claims: { email: 'upn' },
      emailVerified: true,
    });
  });

  it.each([
    ['OIDC_OKTA_ISSUER', 'example.okta.com'],
    ['OIDC_OKTA_ISSUER', 'https://one.example,http://two.example'],
    ['OIDC_OKTA_ISSUER', ','],
    ['OIDC_OKTA_CLIENT_ID', ',web'],
    ['OIDC_OKTA_CLIENT_ID', 'web;color=red'],
    ['OIDC_OKTA_AUDIENCE', 'ios'],
    ['OIDC_OKTA_JWKS_URI', 'http://keys.example/'],
    ['OIDC_OKTA_TITLE', 'a\u0007b'],
    ['OIDC_OKTA_TITLE', 'a\u202eb'],
    ['OIDC_OKTA_TITLE', 'a'.repeat(61)],
    ['OIDC_OKTA_CLAIMS', 'sub=email'],
    ['OIDC_OKTA_EMAIL_VERIFIED', 'yes'],
  ])('name %s where it is %j, and never the value', (name, value) => {
    const faults = faultsOf({ ...least, [name]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: (client 1: )?expected `))]);
  });

  it('refuse loopback and plain http in production, by the names of the variables', () => {
    const twin = {
      ...least,
      OIDC_OKTA_ISSUER: 'http://127.0.0.1:3002/auth0/,https://localhost/',
      OIDC_OKTA_JWKS_URI: 'http://127.0.0.1:3002/keys',
    };
    expect(faultsOf(twin)).toEqual([]);
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual([
      'OIDC_OKTA_ISSUER',
      'OIDC_OKTA_ISSUER',
      'OIDC_OKTA_JWKS_URI',
    ]);
  });
});

describe('the look of a variable of some instance', () => {
  it.each(['OIDC_A_ISSUER', 'OIDC_ENTRA_HR_CLIENT_ID', 'OIDC_X_EMAIL_VERIFIED'])('%s has it', (name) => {
    expect(isOidcVariable(name)).toBe(true);
  });

  it.each(['OIDC_PROVIDERS', 'OIDC_ISSUER', 'OIDC__ISSUER', 'OIDC_A_CLIENT_SECRET', 'MY_OIDC_A_ISSUER'])(
    '%s has not',
    (name) => expect(isOidcVariable(name)).toBe(false),
  );
});
