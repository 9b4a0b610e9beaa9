import { addressesOf } from './addresses';
import { backendEnvironment, EnvironmentParts, frontendEnvironment } from './child-environments';
import { checkWholeProviders, demoIssuerNames, demoLegacyFlows } from './demo-issuers';

const parts = (given: Record<string, string>): EnvironmentParts => ({
  given,
  issuers: { GOOGLE_ISSUER: 'http://127.0.0.1:3002/google', GOOGLE_CLIENT_SECRET: 'twin-secret' },
  addresses: addressesOf(given),
  secrets: { nextAuth: 'next', frontendShared: 'shared', googleClient: 'g', auth0Client: 'a' },
  databaseUrl: 'postgres://here',
  dataDirectory: '/data',
});

it('gives both sides one shared secret, and each what it needs', () => {
  const backend = backendEnvironment(parts({}));
  const frontend = frontendEnvironment(parts({}));
  expect(backend).toMatchObject({
    NODE_ENV: 'development',
    DATABASE_URL: 'postgres://here',
    MIGRATE_ON_START: 'true',
    FRONTEND_SHARED_SECRET: 'shared',
    CORS_ORIGINS: 'http://localhost:3000',
    GOOGLE_ISSUER: 'http://127.0.0.1:3002/google',
  });
  expect(frontend).toMatchObject({
    NODE_ENV: 'production',
    NEXTAUTH_SECRET: 'next',
    FRONTEND_SHARED_SECRET: 'shared',
    BACKEND_URL: 'http://127.0.0.1:3001',
    GOOGLE_CLIENT_SECRET: 'twin-secret',
  });
});

it('prefers what was given, and takes an empty value for none', () => {
  const given = { FRONTEND_SHARED_SECRET: 'mine', LOG_LEVEL: ' ', NEXTAUTH_SECRET: 'my own' };
  expect(backendEnvironment(parts(given))).toMatchObject({ FRONTEND_SHARED_SECRET: 'mine', LOG_LEVEL: 'warn' });
  expect(frontendEnvironment(parts(given))).toMatchObject({ NEXTAUTH_SECRET: 'my own' });
});

it('L4 keeps the secrets of one side from the other', () => {
  const given = {
    NEXTAUTH_SECRET: 'x',
    AUTH0_CLIENT_SECRET: 'x',
    ADDED_LATER_CLIENT_SECRET: 'x',
    DATABASE_URL: 'x',
    TOKEN_HMAC_KEYS: 'x',
  };
  const backend = backendEnvironment(parts(given));
  const frontend = frontendEnvironment(parts(given));
  for (const name of ['NEXTAUTH_SECRET', 'AUTH0_CLIENT_SECRET', 'GOOGLE_CLIENT_SECRET', 'ADDED_LATER_CLIENT_SECRET'])
    expect(backend).not.toHaveProperty(name);
  for (const name of ['DATABASE_URL', 'TOKEN_HMAC_KEYS']) expect(frontend).not.toHaveProperty(name);
});

it.each([
  [{}, ['google', 'auth0']],
  [{ GOOGLE_CLIENT_ID: 'real' }, ['auth0']],
  [{ AUTH0_DOMAIN: 'tenant.example.com' }, ['google']],
  [{ GOOGLE_CLIENT_ID: 'real', AUTH0_DOMAIN: 'tenant.example.com' }, []],
  [{ GOOGLE_CLIENT_ID: ' ' }, ['google', 'auth0']],
])('imitates the providers that nobody configured: %j', (given, expected) => {
  expect(demoIssuerNames(given)).toEqual(expected);
});

it.each([
  [
    { GOOGLE_CLIENT_SECRET: 'x' },
    'GOOGLE_CLIENT_SECRET is set, but not GOOGLE_CLIENT_ID: set both for the real Google',
  ],
  [{ AUTH0_CLIENT_ID: 'x' }, 'AUTH0_CLIENT_ID is set, but not AUTH0_DOMAIN: set all three for the real Auth0'],
  [{ AUTH0_CLIENT_SECRET: 'x' }, 'AUTH0_CLIENT_SECRET is set, but not AUTH0_DOMAIN'],
])('refuses a provider that is configured in part: %j', (given, message) => {
  expect(() => checkWholeProviders(given)).toThrow(message);
});

it.each([
  {},
  { GOOGLE_CLIENT_SECRET: ' ', AUTH0_AUDIENCE: 'https://api.example.com/' },
  {
    GOOGLE_CLIENT_ID: 'x',
    GOOGLE_CLIENT_SECRET: 'x',
    AUTH0_DOMAIN: 'x',
    AUTH0_CLIENT_ID: 'x',
    AUTH0_CLIENT_SECRET: 'x',
  },
])('is content with whole providers and with none: %j', (given) => {
  expect(() => checkWholeProviders(given)).not.toThrow();
});

it.each([
  [undefined, []],
  [' ', []],
  ['implicit', ['implicit']],
  ['password, implicit', ['implicit', 'password']],
])('offers no flow of old but those that are asked for: %j', (given, expected) => {
  expect(demoLegacyFlows({ DEMO_LEGACY_FLOWS: given })).toEqual(expected);
});

it.each(['all', 'implicit,', 'implicit;hybrid'])('refuses flows of old that it does not know: %s', (given) => {
  const message = 'DEMO_LEGACY_FLOWS: expected some of implicit, hybrid, password, comma separated.';
  expect(() => demoLegacyFlows({ DEMO_LEGACY_FLOWS: given })).toThrow(message);
});
