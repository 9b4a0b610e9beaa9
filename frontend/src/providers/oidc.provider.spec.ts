import { VariableReader, type Variables } from '../settings/variable.reader';
import { oidc } from './oidc.provider';

const okta: Variables = {
  OIDC_PROVIDERS: 'okta',
  OIDC_OKTA_ISSUER: 'https://example.okta.com',
  OIDC_OKTA_CLIENT_ID: 'web;nonce=off,ios',
  OIDC_OKTA_CLIENT_SECRET: 'okta-secret',
};

function read(variables: Variables): { providers: unknown; faults: readonly string[] } {
  const reader = new VariableReader(variables);
  return { providers: oidc.configure(reader), faults: reader.faults };
}

describe('the issuers of OpenID Connect', () => {
  it('have a button each, from settings of their own', () => {
    const variables = {
      ...okta,
      OIDC_PROVIDERS: ' okta , entra-hr ',
      OIDC_ENTRA_HR_ISSUER: 'https://login.example/tenant/v2.0',
      OIDC_ENTRA_HR_CLIENT_ID: 'hr',
      OIDC_ENTRA_HR_CLIENT_SECRET: 'hr-secret',
      OIDC_ENTRA_HR_TITLE: 'Human Resources',
      OIDC_ENTRA_HR_SIGN_IN_ORIGINS: 'https://login.live.example, https://sts.example/',
    };
    expect(read(variables)).toEqual({
      faults: [],
      providers: [
        {
          id: 'oidc-okta',
          route: 'oidc/okta',
          title: 'Okta',
          issuer: 'https://example.okta.com',
          clientId: 'web',
          clientSecret: 'okta-secret',
          signInOrigins: [],
        },
        {
          id: 'oidc-entra-hr',
          route: 'oidc/entra-hr',
          title: 'Human Resources',
          issuer: 'https://login.example/tenant/v2.0',
          clientId: 'hr',
          clientSecret: 'hr-secret',
          signInOrigins: ['https://login.live.example', 'https://sts.example'],
        },
      ],
    });
  });

  it('are none where none is named', () => {
    expect(read({ OIDC_PROVIDERS: '', OIDC_OKTA_ISSUER: ' ' })).toEqual({ providers: [], faults: [] });
  });

  it('F9 are refused where there are variables of one that is not named', () => {
    const strays = Object.keys(okta).filter((name) => name !== 'OIDC_PROVIDERS');
    for (const OIDC_PROVIDERS of ['', 'entra']) {
      const entra = {
        OIDC_ENTRA_ISSUER: 'https://a.example',
        OIDC_ENTRA_CLIENT_ID: 'a',
        OIDC_ENTRA_CLIENT_SECRET: 'b',
      };
      const { faults } = read({ ...okta, ...(OIDC_PROVIDERS && entra), OIDC_PROVIDERS });
      expect(faults).toEqual(strays.map((name) => `OIDC_PROVIDERS: expected to name the instance of ${name}`));
    }
  });

  it.each(['OIDC_OKTA_ISSUER', 'OIDC_OKTA_CLIENT_ID', 'OIDC_OKTA_CLIENT_SECRET'])(
    'F9 are refused without %s',
    (name) => {
      const { providers, faults } = read({ ...okta, [name]: ' ' });
      expect(providers).toEqual([]);
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: expected `))]);
    },
  );

  it('F9 are refused where they are named and nothing else', () => {
    expect(read({ OIDC_PROVIDERS: 'okta' }).faults.map((fault) => fault.split(':')[0])).toEqual([
      'OIDC_OKTA_CLIENT_ID',
      'OIDC_OKTA_CLIENT_SECRET',
      'OIDC_OKTA_ISSUER',
    ]);
  });

  it.each(['Okta', 'a/b', 'okta,okta', 'a_b', '..', 'a'.repeat(33)])('are not called %j', (OIDC_PROVIDERS) => {
    const { providers, faults } = read({ ...okta, OIDC_PROVIDERS });
    expect(providers).toBeUndefined();
    expect(faults).toEqual([expect.stringMatching(/^OIDC_PROVIDERS: expected /)]);
  });

  it.each([
    'http://login.example',
    'https://login.example/path',
    '*',
    "'unsafe-inline'",
    'https://a.example;script-src *',
  ])('F12 send nobody to %j', (OIDC_OKTA_SIGN_IN_ORIGINS) => {
    const { faults } = read({ ...okta, OIDC_OKTA_SIGN_IN_ORIGINS });
    expect(faults).toEqual([expect.stringMatching(/^OIDC_OKTA_SIGN_IN_ORIGINS: expected /)]);
  });
});
