import { faultsOf } from '../../../test/support/settings-environment';
import { builtInProviders, type ProviderSource } from '../../social-auth';
import type { Environment } from './environment';
import { variableNames } from './variable-reader';

/** As little as each provider needs, by its title. */
const LEAST_OF: Readonly<Record<string, Record<string, string>>> = {
  Google: { GOOGLE_CLIENT_ID: 'web.apps.example' },
  Auth0: { AUTH0_DOMAIN: 'example.eu.auth0.com', AUTH0_CLIENT_ID: 'web' },
  'OpenID Connect': {
    OIDC_PROVIDERS: 'keycloak',
    OIDC_KEYCLOAK_ISSUER: 'https://sso.example.com/realms/shop',
    OIDC_KEYCLOAK_CLIENT_ID: 'web',
  },
  Apple: { APPLE_CLIENT_ID: 'com.example.site' },
  Microsoft: { MICROSOFT_CLIENT_ID: '6731de76-14a6-49ae-97bc-6eba6914391e' },
  GitHub: { GITHUB_CLIENT_ID: 'Iv1.0123456789abcdef', GITHUB_CLIENT_SECRET: 'a-secret-of-a-test' },
  Facebook: { FACEBOOK_APP_ID: '1234567890', FACEBOOK_APP_SECRET: 'a-secret-of-a-test' },
};

/** Every variable of a provider; of a family those that name its instances, and those of one. */
function variablesOf(source: ProviderSource): string[] {
  const own = variableNames(source.variables);
  if (!('definitions' in source)) return own;
  const instances = source.definitions(LEAST_OF[source.title] ?? {});
  return [...own, ...instances.flatMap(({ variables }) => variableNames(variables))];
}

const cases = builtInProviders.map((source) => {
  const least = LEAST_OF[source.title] ?? {};
  const required = Object.keys(least);
  const further = variablesOf(source).filter((name) => !required.includes(name));
  // Another one that is configured: what stops the start is the half, not that there is none.
  const other = source.title === 'Google' ? LEAST_OF.Apple : LEAST_OF.Google;
  return { title: source.title, least, required, further, others: { GOOGLE_CLIENT_ID: undefined, ...other } };
});

/** The variables that faults name. */
const namedIn = (environment: Environment): string[] => [
  ...new Set(faultsOf(environment).map((fault) => fault.split(':')[0] ?? '')),
];

describe('a provider that is configured by half', () => {
  it('is looked for among all that come with the module', () => {
    expect(Object.keys(LEAST_OF).sort()).toEqual(builtInProviders.map(({ title }) => title).sort());
  });

  it('is not to be confused with none at all, which stops the start by the name of each', () => {
    const faults = faultsOf({ GOOGLE_CLIENT_ID: undefined });
    expect(faults).toEqual([expect.stringMatching(/^no provider is configured: /)]);
    for (const { title, required } of cases) {
      expect(faults[0]).toContain(title);
      expect(required.some((name) => faults[0]?.includes(name))).toBe(true);
    }
  });

  describe.each(cases)('$title', ({ least, required, further, others }) => {
    it('starts with as little as it needs, beside another and alone', () => {
      expect(faultsOf({ ...others, ...least })).toEqual([]);
      expect(faultsOf({ GOOGLE_CLIENT_ID: undefined, ...least })).toEqual([]);
    });

    it('stops the start by the name of the variable that alone is missing', () => {
      for (const missing of required.length > 1 ? required : []) {
        for (const absent of [undefined, '', ' ']) {
          expect(namedIn({ ...others, ...least, [missing]: absent })).toEqual([missing]);
        }
      }
    });

    it('stops the start by the names of all that is missing, whichever other variable is set', () => {
      expect(further.length).toBeGreaterThan(0);
      for (const name of further) {
        const named = namedIn({ ...others, [name]: name.startsWith('ACCEPT_') ? 'true' : 'https://id.example.com' });
        const expected = required.includes('OIDC_PROVIDERS') ? ['OIDC_PROVIDERS'] : required;
        expect([name, named]).toEqual([name, expect.arrayContaining(expected)]);
      }
    });
  });
});
