import { createPublicKey, type KeyObject } from 'node:crypto';
import { JwksClient } from 'jwks-rsa';
import { fetchBounded, jsonObjectOf } from './bounded-fetch';
import { ownMember, type JsonObject } from './compact-jwt';
import { isUsableKey } from './usable-key';

/** A public key of a provider, ready to verify. */
export interface VerificationKey {
  kid: string | undefined;
  key: KeyObject;
  /** Whose tokens alone it may verify, where the set says so of it: an issuer, or a template for one. Unchecked text. */
  issuer?: string;
}

/** The usable keys that a provider published at one moment. */
export class KeySet {
  constructor(private readonly keys: readonly VerificationKey[]) {}

  /** The ids of the keys; `undefined` for one that has none. */
  get keyIds(): readonly (string | undefined)[] {
    return this.keys.map(({ kid }) => kid);
  }

  /** The key that a token names; a token that names none is served only by a set of exactly one key. [Core 10.1] */
  find(kid: string | undefined): VerificationKey | undefined {
    if (kid !== undefined) return this.keys.find((key) => key.kid === kid);
    return this.keys.length === 1 ? this.keys[0] : undefined;
  }
}

async function fetchUsableKeys(jwksUri: string, signal?: AbortSignal): Promise<{ keys: JsonObject[] }> {
  const { keys } = jsonObjectOf(await fetchBounded(jwksUri, { signal }), 'the key endpoint');
  // Filtered before jwks-rsa parses them: an EC key under the same kid would hide the RSA key.
  return { keys: Array.isArray(keys) ? keys.filter(isUsableKey) : [] };
}

/**
 * Fetches and parses the key set at `jwksUri`, all of it at once.
 *
 * @param signal may end the request before its own deadline does.
 * @throws Error if it cannot be had or holds no usable key: it must then replace nothing.
 */
export async function fetchKeySet(jwksUri: string, signal?: AbortSignal): Promise<KeySet> {
  const members: JsonObject[] = [];
  const fetcher = async (address: string): Promise<{ keys: JsonObject[] }> => {
    const { keys } = await fetchUsableKeys(address, signal);
    members.push(...keys);
    return { keys };
  };
  const client = new JwksClient({ jwksUri, cache: false, rateLimit: false, fetcher });
  const signingKeys = await client.getSigningKeys();
  return new KeySet(
    signingKeys.map((signingKey) => {
      const { kid } = signingKey;
      const key = createPublicKey(signingKey.getPublicKey());
      return { kid, key, issuer: issuerOf(key, kid, members) };
    }),
  );
}

/** jwks-rsa drops what a set says of a key beyond RFC 7517. Two entries may share a kid: the key itself tells them apart. */
function issuerOf(key: KeyObject, kid: string | undefined, members: readonly JsonObject[]): string | undefined {
  const member = members.find((one) => ownMember(one, 'kid') === kid && publicKeyOf(one).equals(key));
  const issuer = member && ownMember(member, 'issuer');
  return typeof issuer === 'string' ? issuer : undefined;
}

/** The public key in a usable member; whatever else the member holds cannot break it. */
const publicKeyOf = (member: JsonObject): KeyObject =>
  createPublicKey({
    key: { kty: 'RSA', n: String(ownMember(member, 'n')), e: String(ownMember(member, 'e')) },
    format: 'jwk',
  });
