import { createCipheriv, randomBytes } from 'node:crypto';

// Nobody but the issuer can open it, and it never needs to: the whole string is looked up.
const key = randomBytes(32);

/** An access token as Auth0 makes it when no API is asked for: a JWE with `alg: dir`, whose second segment is empty. */
export function opaqueJwe(issuer: string, content: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', iss: issuer })).toString('base64url');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  const segments = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [header, '', ...segments].join('.');
}
