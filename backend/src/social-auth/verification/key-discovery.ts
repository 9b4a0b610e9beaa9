import { ProviderUnavailableError } from '../errors/social-auth.error';
import { fetchBounded, jsonObjectOf } from './bounded-fetch';
import { ownMember } from './compact-jwt';

/** Where an issuer describes itself. [Discovery 4] */
export const discoveryAddressOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** Plain http at the issuer's own origin alone: that is an issuer on loopback, outside production. */
function isKeyAddress(value: unknown, issuer: string): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, origin } = new URL(value);
  return protocol === 'https:' || origin === new URL(issuer).origin;
}

/**
 * Finds the key endpoint of an issuer by its discovery document, which must be that of exactly this issuer. [Discovery 4.3]
 *
 * @param issuer as it is configured: never a value of a token.
 * @param signal may end the request before its own deadline does.
 * @throws ProviderUnavailableError if the document cannot be had, is another issuer's or names no usable address.
 */
export async function discoverKeyAddress(issuer: string, signal?: AbortSignal): Promise<string> {
  const document = jsonObjectOf(await fetchBounded(discoveryAddressOf(issuer), { signal }), 'the discovery document');
  if (ownMember(document, 'issuer') !== issuer) {
    throw new ProviderUnavailableError('the discovery document is that of another issuer');
  }
  const address = ownMember(document, 'jwks_uri');
  if (isKeyAddress(address, issuer)) return address;
  throw new ProviderUnavailableError('the discovery document names no key endpoint by https');
}
