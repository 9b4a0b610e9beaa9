import 'reflect-metadata';
import { ProviderSettingsError, routeOf } from '../provider-definition';
import { oidc } from './oidc.provider';

function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    oidc.definitions(environment);
  } catch (error) {
    if (error instanceof ProviderSettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('the family of OpenID Connect issuers', () => {
  it('has a definition for each instance that is named, each with a route and a class of its own', () => {
    const definitions = oidc.definitions({
      OIDC_PROVIDERS: 'keycloak, entra-hr',
      OIDC_ENTRA_HR_TITLE: 'Human Resources',
    });
    expect(definitions.map((definition) => [definition.name, definition.title, routeOf(definition)])).toEqual([
      ['oidc-keycloak', 'Keycloak', 'auth/oidc/keycloak'],
      ['oidc-entra-hr', 'Human Resources', 'auth/oidc/entra-hr'],
    ]);
    const [first, second] = definitions.map(({ controller }) => controller);
    expect(first).not.toBe(second);
    expect(first?.name).not.toBe(second?.name);
  });

  it('has none where none is named', () => {
    for (const OIDC_PROVIDERS of [undefined, '', ' , ']) expect(oidc.definitions({ OIDC_PROVIDERS })).toEqual([]);
  });

  it.each(['Okta', 'a/b', 'a,b_c'])('refuses the names %j', (OIDC_PROVIDERS) => {
    expect(faultsOf({ OIDC_PROVIDERS })).toEqual([expect.stringMatching(/^OIDC_PROVIDERS: expected names of /)]);
  });

  it('refuses a name that stands there twice', () => {
    expect(faultsOf({ OIDC_PROVIDERS: 'okta,okta' })).toEqual(['OIDC_PROVIDERS: expected every name once']);
  });

  it('refuses settings of an instance that is not named, by the variables', () => {
    const environment = { OIDC_PROVIDERS: 'okta', OIDC_OKTA_ISSUER: 'x', OIDC_KEYCLOAK_ISSUER: 'x', OIDC_A_TITLE: 'x' };
    expect(faultsOf(environment)).toEqual([
      'OIDC_PROVIDERS: expected to name the instance of OIDC_KEYCLOAK_ISSUER',
      'OIDC_PROVIDERS: expected to name the instance of OIDC_A_TITLE',
    ]);
  });

  it('describes an instance by its issuers, its API and the variable of that', () => {
    const settings = { issuers: ['https://a.example'], clientIds: ['web'], audience: 'api' };
    expect(oidc.instance('a').describe?.(settings)).toEqual({
      issuers: ['https://a.example'],
      audience: 'api',
      audienceSetting: 'OIDC_A_AUDIENCE',
    });
  });
});
