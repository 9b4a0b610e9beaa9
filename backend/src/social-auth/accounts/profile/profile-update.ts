import type { VerifiedIdentity } from '../../verification/verified-credential';
import type { IdentityProfileColumns, ProfileColumns } from './profile.columns';

/** The profile as it is kept of an account. */
export type StoredProfile = Readonly<ProfileColumns>;

/** The profile as it is kept of an identity. */
export type IdentityProfile = Readonly<IdentityProfileColumns>;

/** The part of a row, or of a longer profile, that an account keeps. */
export const profileOf = ({ email, emailVerified, name, picture }: StoredProfile): StoredProfile => ({
  email,
  emailVerified,
  name,
  picture,
});

/** The part of a row that an identity keeps. */
export const identityProfileOf = (row: IdentityProfile): IdentityProfile => ({
  ...profileOf(row),
  hostedDomain: row.hostedDomain,
  emailAuthoritative: row.emailAuthoritative,
});

/** The profile that an identity brings at its first sign-in. */
export function firstProfile(identity: VerifiedIdentity): IdentityProfile {
  const { email, emailVerified, emailAuthoritative, hostedDomain, name, picture } = identity;
  const isVerified = emailVerified && email !== undefined;
  return {
    email: email ?? null,
    emailVerified: isVerified,
    name: name ?? null,
    picture: picture ?? null,
    hostedDomain: hostedDomain ?? null,
    emailAuthoritative: isVerified && emailAuthoritative === true,
  };
}

/**
 * The profile after a further sign-in: what the credential carries replaces what was kept, and what it does not carry
 * (an Auth0 access token has no e-mail without an Action) takes nothing away. What is said of an address goes with it.
 */
export function updatedProfile(stored: IdentityProfile, identity: VerifiedIdentity): IdentityProfile {
  const first = firstProfile(identity);
  const ofAddress = identity.email === undefined ? stored : first;
  return {
    email: ofAddress.email,
    emailVerified: ofAddress.emailVerified,
    emailAuthoritative: ofAddress.emailAuthoritative,
    hostedDomain: first.hostedDomain ?? ofAddress.hostedDomain,
    name: first.name ?? stored.name,
    picture: first.picture ?? stored.picture,
  };
}

/** Whether a row has a profile already, so that nothing is written. */
export function hasProfile<Profile extends StoredProfile>(row: Profile, profile: Profile): boolean {
  return (Object.keys(profile) as (keyof Profile)[]).every((key) => row[key] === profile[key]);
}
