import type { JsonObject } from '../../verification/compact-jwt';
import { stringClaim } from '../../verification/credential-claims';
import type { Profile } from '../../verification/profile';
import type { VerifiedIdentity } from '../../verification/verified-credential';

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const LONGEST_DOMAIN = 253;
const GOOGLES_OWN = /@(gmail|googlemail)\.com$/i;

/**
 * The organisation of a Google account, and whether Google speaks for the address: it hosts Gmail's own and those of
 * organisations (`hd`). Any other address was verified once, and may be somebody else's by now.
 */
export function addressOfGoogle(
  claims: JsonObject,
  { email, emailVerified }: Profile,
): Pick<VerifiedIdentity, 'hostedDomain' | 'emailAuthoritative'> {
  const claimed = stringClaim(claims, 'hd')?.toLowerCase() ?? '';
  const hostedDomain = claimed.length <= LONGEST_DOMAIN && DOMAIN.test(claimed) ? claimed : undefined;
  const isHosted = hostedDomain !== undefined || (email !== undefined && GOOGLES_OWN.test(email));
  return { hostedDomain, emailAuthoritative: emailVerified && isHosted };
}
