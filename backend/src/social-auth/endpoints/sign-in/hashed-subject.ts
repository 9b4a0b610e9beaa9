import { hash } from 'node:crypto';
import type { VerifiedIdentity } from '../../verification/verified-credential';

/** Tells the attempts of one person from those of others without naming them. */
export const hashedSubject = ({ issuer, subject }: VerifiedIdentity): string =>
  hash('sha256', `${issuer} ${subject}`, 'base64url').slice(0, 22);
