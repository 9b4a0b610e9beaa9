import { randomBytes } from 'node:crypto';
import type { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import type { Environment } from '../../src/app/settings/environment';

/** The secret that the frontend of a test shares with its server. */
export const FRONTEND_SECRET = 'the-secret-of-the-frontend-in-tests';

/** The environment of a server under test: both providers of a demo identity provider, no limits, a fresh key. */
export function testEnvironment(idp: DemoIdentityProvider, databaseUrl: string): Environment {
  const { google, auth0 } = idp;
  return {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'debug',
    DATABASE_URL: databaseUrl,
    TOKEN_HMAC_KEYS: `test:${randomBytes(32).toString('base64')}`,
    FRONTEND_SHARED_SECRET: FRONTEND_SECRET,
    RATE_LIMIT_SIGN_IN: '0',
    GOOGLE_CLIENT_ID: `${google.clientId},${google.mobileClientId}`,
    GOOGLE_ISSUER: google.issuer,
    GOOGLE_JWKS_URI: google.jwksUri,
    GOOGLE_TOKENINFO_URI: google.tokeninfoUri,
    GOOGLE_USERINFO_URI: google.userinfoUri,
    AUTH0_DOMAIN: `127.0.0.1:${idp.port}`,
    AUTH0_CLIENT_ID: `${auth0.clientId},${auth0.mobileClientId}`,
    AUTH0_AUDIENCE: auth0.audience,
    AUTH0_ISSUER: auth0.issuer,
    AUTH0_JWKS_URI: auth0.jwksUri,
    AUTH0_CLAIMS_NAMESPACE: 'https://example.com/',
  };
}
