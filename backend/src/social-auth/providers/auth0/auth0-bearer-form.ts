import type { BearerForm } from '../../verification/bearer-form';
import { isOpaqueAccessToken } from './auth0-opaque-token';
import type { Auth0Settings } from './auth0.settings';

/** The accepted spellings of the tenant's issuer. */
export const issuersOf = ({ domain, issuers }: Auth0Settings): readonly string[] =>
  issuers?.length ? issuers : [`https://${domain}/`];

/** Where the tenant's keys are. */
export const keyAddressOf = ({ domain, jwksUri }: Auth0Settings): string =>
  jwksUri ?? `https://${domain}/.well-known/jwks.json`;

/** What is known of access tokens of the tenant as bearer tokens. */
export const auth0BearerForm = (settings: Auth0Settings): BearerForm => ({
  issuers: issuersOf(settings),
  keySource: keyAddressOf(settings),
  recognises: isOpaqueAccessToken,
});
