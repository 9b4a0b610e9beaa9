import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { profileOf, type Profile } from '../../verification/profile';

/** The parts of a profile that a claim of another name may hold. Never the subject: it is a person's key. */
const PARTS = ['email', 'email_verified', 'name', 'picture'] as const;

type ProfilePart = (typeof PARTS)[number];

/** Which claims hold the parts of a profile; a part that is left out has the claim of its own name. */
export type ClaimMapping = Readonly<Partial<Record<ProfilePart, string>>>;

const CLAIM = /^[\x21-\x2b\x2d-\x3c\x3e-\x7e]{1,200}$/;

const isPart = (value: string): value is ProfilePart => (PARTS as readonly string[]).includes(value);

/** The mapping in a variable, for instance `email=upn,name=displayName`; `undefined` where it is none. */
export function claimMappingOf(value: string): ClaimMapping | undefined {
  const pairs = value.split(',').map((entry) => entry.split('=').map((part) => part.trim()));
  const mapping = new Map<ProfilePart, string>();
  for (const [part = '', claim = '', ...more] of pairs) {
    if (!isPart(part) || mapping.has(part) || !CLAIM.test(claim) || more.length > 0) return undefined;
    mapping.set(part, claim);
  }
  return Object.fromEntries(mapping);
}

/** What the variable may hold, for the sentence "expected …". */
export const MAPPING_EXPECTED = `pairs like email=upn, comma separated, each of ${PARTS.join(', ')} at most once`;

/**
 * Whether the address counts as verified. The issuer's own word wins where it sends one, but its `email_verified` speaks
 * for its `email` alone, never for an address that another claim holds.
 */
function isVerified(claims: JsonObject, mapping: ClaimMapping, withoutClaim: boolean): boolean {
  const said = ownMember(claims, mapping.email_verified ?? 'email_verified');
  if (said !== undefined && said !== true) return false;
  const speaksOfIt = mapping.email === undefined || mapping.email_verified !== undefined;
  return (said === true && speaksOfIt) || withoutClaim;
}

/**
 * The profile in the claims of an issuer that has names of its own for them.
 *
 * @param verifiedWithoutClaim whether addresses count as verified of which the issuer does not say whether they are.
 * @throws ProviderTokenRefusedError if the e-mail address is not one that can be stored.
 */
export function mappedProfile(
  claims: JsonObject,
  issuer: string,
  mapping: ClaimMapping,
  verifiedWithoutClaim: boolean,
): Profile {
  const usual = {
    email: ownMember(claims, mapping.email ?? 'email'),
    email_verified: isVerified(claims, mapping, verifiedWithoutClaim),
    name: ownMember(claims, mapping.name ?? 'name'),
    picture: ownMember(claims, mapping.picture ?? 'picture'),
  };
  return profileOf(usual, issuer);
}
