import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { profileOf, type Profile } from '../../verification/profile';
import type { VerifiedIdentity } from '../../verification/verified-credential';

const APPLES_OWN = /@(icloud\.com|me\.com|mac\.com|privaterelay\.appleid\.com)$/i;

/** Apple writes its booleans as such or as the texts "true" and "false", whichever of its servers made the token. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

/**
 * The profile in an ID token of Apple, and whether Apple speaks for the address: it hosts those of iCloud, and relays
 * the private ones, which differ from one developer team to the next. Any other address Apple has checked once.
 */
export function profileOfApple(
  claims: JsonObject,
  issuer: string,
): Profile & Pick<VerifiedIdentity, 'emailAuthoritative'> {
  const profile = profileOf({ ...claims, email_verified: isTrue(ownMember(claims, 'email_verified')) }, issuer);
  const { email, emailVerified } = profile;
  const isHosted = isTrue(ownMember(claims, 'is_private_email')) || (email !== undefined && APPLES_OWN.test(email));
  return { ...profile, emailAuthoritative: emailVerified && isHosted };
}
