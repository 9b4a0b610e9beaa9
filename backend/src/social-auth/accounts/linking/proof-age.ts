import type { VerifiedCredential } from '../../verification/verified-credential';

/** When the provider last proved who the person is, as far as it says so. */
export const provenAt = ({ authTime, issuedAt }: Pick<VerifiedCredential, 'authTime' | 'issuedAt'>): Date =>
  authTime ?? issuedAt;

/** Whether a credential's proof is at most so many seconds old; nothing is given away for clocks that differ. */
export const isFreshProof = (
  credential: Pick<VerifiedCredential, 'authTime' | 'issuedAt'>,
  seconds: number,
  now: number,
): boolean => now - provenAt(credential).getTime() <= seconds * 1_000;
