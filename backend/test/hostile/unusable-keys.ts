import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A key that an issuer publishes although nothing may be verified with it. */
export interface UnusableKey {
  privateKey: KeyObject;
  published: JsonWebKey & { kid: string };
}

type KeyName =
  'weak' | 'for-encryption' | 'for-encryption-by-operations' | 'for-rs512' | 'for-ps256' | 'small-exponent';

function keyOf(kid: KeyName, members: JsonWebKey & Record<string, unknown>, modulusLength = 2048): UnusableKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return { privateKey, published: { ...publicKey.export({ format: 'jwk' }), ...members, kid } };
}

/** Keys under which a token verifies by arithmetic, and must be refused all the same. */
export function unusableKeys(): Record<KeyName, UnusableKey> {
  return {
    weak: keyOf('weak', { use: 'sig', alg: 'RS256' }, 1024),
    'for-encryption': keyOf('for-encryption', { use: 'enc', alg: 'RS256' }),
    'for-encryption-by-operations': keyOf('for-encryption-by-operations', { key_ops: ['encrypt', 'wrapKey'] }),
    'for-rs512': keyOf('for-rs512', { use: 'sig', alg: 'RS512' }),
    'for-ps256': keyOf('for-ps256', { use: 'sig', alg: 'PS256' }),
    'small-exponent': keyOf('small-exponent', { use: 'sig', alg: 'RS256', e: 'AQ' }),
  };
}
