import { ownMember, parseCompactJwt } from '../verification/compact-jwt';
import type { BearerSource } from './bearer-source';

/**
 * The provider that is to judge a token: the one whose issuer it names, or else the first, which refuses it as it would
 * refuse it at its own route.
 *
 * @throws ProviderTokenRefusedError if there are several to choose from and the token is none that could be read.
 */
export function sourceFor(token: string, sources: readonly [BearerSource, ...BearerSource[]]): BearerSource {
  const [first] = sources;
  if (sources.length === 1) return first;
  const opaque = sources.find(({ form }) => form.recognises?.(token));
  if (opaque) return opaque;
  const issuer = ownMember(parseCompactJwt(token).claims, 'iss');
  return sources.find(({ form }) => typeof issuer === 'string' && form.issuers.includes(issuer)) ?? first;
}
