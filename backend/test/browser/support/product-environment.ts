import type { DemoIdentityProvider } from '../../../dev/demo-identity-provider';

/** Where the two halves of the product are found. */
export interface ProductAddresses {
  readonly site: string;
  readonly backend: string;
}

/** Encrypts the sessions of the product. */
export const sessionSecret = 'browser-suite-session-secret-0123456789';

const sharedSecret = 'browser-suite-shared-secret-0123456789';

/** What a process needs of its surroundings; the settings of whoever runs the tests stay outside. */
function surroundings(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

/** The backend's environment. */
export function backendEnvironment(
  { site, backend }: ProductAddresses,
  { google, auth0 }: DemoIdentityProvider,
): NodeJS.ProcessEnv {
  return {
    ...surroundings(),
    NODE_ENV: 'development',
    PORT: new URL(backend).port,
    MIGRATE_ON_START: 'true',
    CORS_ORIGINS: site,
    FRONTEND_SHARED_SECRET: sharedSecret,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_ISSUER: google.issuer,
    GOOGLE_JWKS_URI: google.jwksUri,
    GOOGLE_TOKENINFO_URI: google.tokeninfoUri,
    GOOGLE_USERINFO_URI: google.userinfoUri,
    AUTH0_CLIENT_ID: auth0.clientId,
    AUTH0_DOMAIN: new URL(auth0.issuer).host,
    AUTH0_ISSUER: auth0.issuer,
    AUTH0_JWKS_URI: auth0.jwksUri,
    AUTH0_AUDIENCE: auth0.audience,
    AUTH0_CLAIMS_NAMESPACE: 'https://example.com/',
  };
}

/** The frontend's environment. */
export function frontendEnvironment(
  { site, backend }: ProductAddresses,
  { google, auth0 }: DemoIdentityProvider,
): NodeJS.ProcessEnv {
  return {
    ...surroundings(),
    NODE_ENV: 'production',
    NEXTAUTH_URL: site,
    NEXTAUTH_SECRET: sessionSecret,
    BACKEND_URL: backend,
    FRONTEND_SHARED_SECRET: sharedSecret,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
    GOOGLE_ISSUER: google.issuer,
    AUTH0_CLIENT_ID: auth0.clientId,
    AUTH0_CLIENT_SECRET: auth0.clientSecret,
    AUTH0_DOMAIN: new URL(auth0.issuer).host,
    AUTH0_ISSUER: auth0.issuer,
  };
}
