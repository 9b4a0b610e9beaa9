import { createHash } from 'node:crypto';

/** What a token that somebody else issued is known by here. */
export interface TokenFingerprint {
  /** SHA-256 of the token. */
  digest: string;
  /** A UUID (version 8) of the first half of it. */
  id: string;
}

/** Fingerprints a token, of which nothing can be told from it. */
export function fingerprintOf(token: string): TokenFingerprint {
  const bytes = createHash('sha256').update(token).digest();
  const digest = bytes.toString('base64url');
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const id = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { digest, id };
}
