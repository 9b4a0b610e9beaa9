import type { VerifiedCredential } from './verified-credential';

/** scope-token of RFC 6749, appendix A.4; what else stands in a claim could not be asked for by a handler. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

/** What OpenID Connect asks of the provider itself, and says nothing of our API. [Core 5.4, 11] */
const OF_THE_PROVIDER: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/**
 * What an access token grants at our API: its permissions, where it has that claim, even an empty one; otherwise its
 * scopes that are not about the provider itself. Without either a machine is granted nothing, and a person everything:
 * `undefined`.
 */
export function grantedScopes({
  identity,
  scopes = [],
  permissions,
}: Pick<VerifiedCredential, 'identity' | 'scopes' | 'permissions'>): readonly string[] | undefined {
  const named = permissions ?? scopes.filter((scope) => !OF_THE_PROVIDER.includes(scope));
  const granted = [...new Set(named)].filter((scope) => SCOPE.test(scope));
  const isListed = permissions !== undefined || named.length > 0 || identity.machine === true;
  return isListed ? granted : undefined;
}
