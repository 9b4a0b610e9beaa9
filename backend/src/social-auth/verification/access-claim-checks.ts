import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import type { ClaimCheck } from './claim-checks';
import { ownMember } from './compact-jwt';
import { quotedClaim } from './quoted-value';

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

/**
 * `scope` and `permissions`, when present, have the form in which they are read: a limit in another form would be taken
 * for none. [RFC 8693 4.2; RFC 9068 2.2.3]
 */
export const grantsAreSound: ClaimCheck = (claims) => {
  const [scope, permissions] = [ownMember(claims, 'scope'), ownMember(claims, 'permissions')];
  if (scope !== undefined && typeof scope !== 'string') {
    throw refused('scope is no text').because(
      () => `scope was ${quotedClaim(claims, 'scope')}; expected: a text with spaces between the scopes.`,
    );
  }
  const isList = Array.isArray(permissions) && permissions.every((entry) => typeof entry === 'string');
  if (permissions === undefined || isList) return;
  throw refused('permissions is no list of texts').because(
    () => `permissions was ${quotedClaim(claims, 'permissions')}; expected: a list of texts.`,
  );
};

/**
 * The token is bound to no key of its client: the proof of such a key is asked for nowhere here, and without it the
 * token may be anybody's who has seen it. [RFC 8705 3; RFC 9449 7.1]
 */
export const isUnbound: ClaimCheck = (claims) => {
  if (ownMember(claims, 'cnf') === undefined) return;
  throw refused('the token is bound to a key').because(
    () => 'The token has cnf: it is bound to a key of its client (DPoP or mTLS); expected: a bearer token.',
  );
};
