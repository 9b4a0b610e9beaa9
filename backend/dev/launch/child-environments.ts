import { Addresses, valueOf, Variables } from './addresses';
import { DemoSecrets } from './demo-secrets';

/** What the environments of the children are made of. */
export interface EnvironmentParts {
  /** The environment of the start script, `.env` included. */
  readonly given: Variables;
  /** The variables of the demo issuers that take the place of real ones. */
  readonly issuers: Variables;
  readonly addresses: Addresses;
  readonly secrets: DemoSecrets;
  readonly databaseUrl: string;
  readonly dataDirectory: string;
}

// By their ending: the secret of a provider that is added later must not reach the backend either.
const FRONTEND_SECRETS = /^NEXTAUTH_SECRET$|_CLIENT_SECRET$/;
const BACKEND_SECRETS = /^(DATABASE_URL|DATABASE_DIRECT_URL|TOKEN_HMAC_KEYS|REDIS_URL)$/;

const without = (variables: Variables, names: RegExp): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !names.test(name)));

/** What was given, or a default where it is absent or empty. */
const withDefaults = (given: Variables, defaults: Variables): Variables => ({
  ...given,
  ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, valueOf(given, name) ?? value])),
});

/** The environment of the backend: no secret that only the frontend needs. */
export function backendEnvironment(parts: EnvironmentParts): NodeJS.ProcessEnv {
  const { given, issuers, addresses, secrets, databaseUrl, dataDirectory } = parts;
  const defaults = {
    FRONTEND_SHARED_SECRET: secrets.frontendShared,
    CORS_ORIGINS: addresses.site.origin,
    LOG_LEVEL: 'warn',
  };
  return {
    ...without({ ...withDefaults(given, defaults), ...issuers }, FRONTEND_SECRETS),
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDirectory,
    MIGRATE_ON_START: 'true',
  };
}

/** The environment of the frontend: no secret that only the backend needs. */
export function frontendEnvironment({ given, issuers, addresses, secrets }: EnvironmentParts): NodeJS.ProcessEnv {
  const defaults = {
    NEXTAUTH_URL: addresses.site.origin,
    NEXTAUTH_SECRET: secrets.nextAuth,
    FRONTEND_SHARED_SECRET: secrets.frontendShared,
    BACKEND_URL: addresses.backend.origin,
    PUBLIC_BACKEND_URL: addresses.backend.origin,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  return { ...without({ ...withDefaults(given, defaults), ...issuers }, BACKEND_SECRETS), NODE_ENV: 'production' };
}
