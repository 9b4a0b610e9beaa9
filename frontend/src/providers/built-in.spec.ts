import { VariableReader, type Variables } from '../settings/variable.reader';
import { builtInProviders } from './built-in';

/** As little as each provider needs, in the order of the list, and what it can do without. */
const CASES: readonly { name: string; least: Record<string, string>; further: readonly string[] }[] = [
  {
    name: 'Google',
    least: { GOOGLE_CLIENT_ID: 'web', GOOGLE_CLIENT_SECRET: 'secret' },
    further: ['GOOGLE_ISSUER'],
  },
  {
    name: 'Auth0',
    least: { AUTH0_CLIENT_ID: 'web', AUTH0_CLIENT_SECRET: 'secret', AUTH0_DOMAIN: 'example.eu.auth0.com' },
    further: ['AUTH0_ISSUER'],
  },
  {
    name: 'OpenID Connect',
    least: {
      OIDC_PROVIDERS: 'keycloak',
      OIDC_KEYCLOAK_CLIENT_ID: 'web',
      OIDC_KEYCLOAK_CLIENT_SECRET: 'secret',
      OIDC_KEYCLOAK_ISSUER: 'https://sso.example.com/realms/shop',
    },
    further: ['OIDC_KEYCLOAK_TITLE', 'OIDC_KEYCLOAK_SIGN_IN_ORIGINS'],
  },
  {
    name: 'Apple',
    least: { APPLE_CLIENT_ID: 'com.example.site', APPLE_CLIENT_SECRET: 'secret' },
    further: ['APPLE_ISSUER'],
  },
  {
    name: 'Microsoft',
    least: { MICROSOFT_CLIENT_ID: 'web', MICROSOFT_CLIENT_SECRET: 'secret' },
    further: ['MICROSOFT_ISSUER'],
  },
  {
    name: 'GitHub',
    least: { GITHUB_CLIENT_ID: 'web', GITHUB_CLIENT_SECRET: 'secret' },
    further: ['GITHUB_ISSUER'],
  },
  {
    name: 'Facebook',
    least: { FACEBOOK_APP_ID: '1234567890', FACEBOOK_APP_SECRET: 'secret' },
    further: ['FACEBOOK_ISSUER', 'FACEBOOK_GRAPH_URI'],
  },
];

/** What all providers make of an environment: how many there are, and the variables of their faults. */
function read(variables: Variables): { offered: number; named: string[] } {
  const reader = new VariableReader(variables);
  const offered = builtInProviders.flatMap((provider) => provider.configure(reader) ?? []).length;
  return { offered, named: [...new Set(reader.faults.map((fault) => fault.split(':')[0] ?? ''))].sort() };
}

describe('F9 a provider that is configured by half', () => {
  it('is looked for among all that there are', () => {
    for (const [index, { required }] of builtInProviders.entries())
      expect(Object.keys(CASES[index]?.least ?? {})).toEqual(expect.arrayContaining([...required]));
    expect(CASES.length).toBe(builtInProviders.length);
  });

  describe.each(CASES)('$name', ({ least, further }) => {
    const required = Object.keys(least).sort();

    it('is offered with as little as it needs', () => {
      expect(read(least)).toEqual({ offered: 1, named: [] });
    });

    it.each(required)('is a fault of %s where that is missing', (missing) => {
      expect(read({ ...least, [missing]: ' ' })).toEqual({ offered: 0, named: [missing] });
    });

    it.each([...required, ...further])('is a fault of all that is missing where %s alone is set', (name) => {
      const value = least[name] ?? 'https://id.example.com';
      const ofFamily = required.includes('OIDC_PROVIDERS') && name !== 'OIDC_PROVIDERS';
      const missing = ofFamily ? ['OIDC_PROVIDERS'] : required.filter((one) => one !== name);
      expect(read({ [name]: value })).toEqual({ offered: 0, named: missing });
    });
  });
});
