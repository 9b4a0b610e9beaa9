import { decode, encode } from 'next-auth/jwt';
import type { Fields } from '../api/answer.fields';

/** Which of our own cookies a value is for: one that was sealed for another opens to nothing. */
export type SealPurpose = 'link-intent' | 'link-ticket' | 'person-name';

/** Encrypts what only this server shall read, and nobody change, for so many seconds. */
export function seal(purpose: SealPurpose, content: Fields, secret: string, seconds: number): Promise<string> {
  return encode({ token: { ...content }, secret, maxAge: seconds, salt: purpose });
}

/** What was sealed for this purpose; undefined for whatever else a cookie may hold. */
export async function unseal(
  purpose: SealPurpose,
  value: string | undefined,
  secret: string,
): Promise<Fields | undefined> {
  try {
    return (await decode({ token: value, secret, salt: purpose })) ?? undefined;
  } catch {
    return undefined;
  }
}
