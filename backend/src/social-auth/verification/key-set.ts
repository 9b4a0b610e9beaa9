import { createPublicKey, type KeyObject } from 'node:crypto';
import { JwksClient } from 'jwks-rsa';
import { fetchBounded, jsonObjectOf } from './bounded-fetch';
import { isUsableKey } from './usable-key';

/** A public key of a provider, ready to verify. */
export interface VerificationKey {
  kid: string | undefined;
  key: KeyObject;
}

/** The usable keys that a provider published at one moment. */
export class KeySet {
  constructor(private readonly keys: readonly VerificationKey[]) {}

  /** The key that a token names; a token that names none is served only by a set of exactly one key. [Core 10.1] */
  find(kid: string | undefined): VerificationKey | undefined {
    if (kid !== undefined) return this.keys.find((key) => key.kid === kid);
    return this.keys.length === 1 ? this.keys[0] : undefined;
  }
}

async function fetchUsableKeys(jwksUri: string): Promise<{ keys: unknown }> {
  const { keys } = jsonObjectOf(await fetchBounded(jwksUri), 'the key endpoint');
  // Filtered before jwks-rsa parses them: an EC key under the same kid would hide the RSA key.
  return { keys: Array.isArray(keys) ? keys.filter(isUsableKey) : [] };
}

/**
 * Fetches and parses the key set at `jwksUri`, all of it at once.
 *
 * @throws Error if it cannot be had or holds no usable key: it must then replace nothing.
 */
export async function fetchKeySet(jwksUri: string): Promise<KeySet> {
  const client = new JwksClient({ jwksUri, cache: false, rateLimit: false, fetcher: fetchUsableKeys });
  const signingKeys = await client.getSigningKeys();
  return new KeySet(signingKeys.map((key) => ({ kid: key.kid, key: createPublicKey(key.getPublicKey()) })));
}
