import type { VerifiedIdentity } from '../verification/verified-credential';

/** The profile as it is kept of an identity or an account. */
export interface StoredProfile {
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  picture: string | null;
}

/** The profile that an identity brings at its first sign-in. */
export function firstProfile({ email, emailVerified, name, picture }: VerifiedIdentity): StoredProfile {
  return { email: email ?? null, emailVerified, name: name ?? null, picture: picture ?? null };
}

/**
 * The profile after a further sign-in: what the credential carries replaces what was kept, and what it does not carry
 * (an Auth0 access token has no e-mail without an Action) takes nothing away.
 */
export function updatedProfile(stored: StoredProfile, identity: VerifiedIdentity): StoredProfile {
  const { email, emailVerified, name, picture } = identity;
  return {
    email: email ?? stored.email,
    emailVerified: email === undefined ? stored.emailVerified : emailVerified,
    name: name ?? stored.name,
    picture: picture ?? stored.picture,
  };
}

/** Whether two profiles are the same, so that nothing is written. */
export function sameProfile(one: StoredProfile, other: StoredProfile): boolean {
  return (
    one.email === other.email &&
    one.emailVerified === other.emailVerified &&
    one.name === other.name &&
    one.picture === other.picture
  );
}
