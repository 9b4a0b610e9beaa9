import { ownMember, type JsonObject } from './compact-jwt';
import { isKeyId, SIGNATURE_ALGORITHM } from './jose-header';

const MINIMUM_MODULUS_BITS = 2_048;
const MAXIMUM_EXPONENT_BYTES = 4;

function bigEndian(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]+$/.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64url');
  const firstSignificant = bytes.findIndex((byte) => byte !== 0);
  return firstSignificant === -1 ? undefined : bytes.subarray(firstSignificant);
}

function hasSoundNumbers(key: JsonObject): boolean {
  const modulus = bigEndian(ownMember(key, 'n'));
  const exponent = bigEndian(ownMember(key, 'e'));
  if (!modulus || !exponent || exponent.length > MAXIMUM_EXPONENT_BYTES) return false;
  const modulusBits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const value = exponent.readUIntBE(0, exponent.length);
  return modulusBits >= MINIMUM_MODULUS_BITS && value >= 3 && value % 2 === 1;
}

const isAbsentOr = (value: unknown, expected: string): boolean => value === undefined || value === expected;

/** Whether a member of a JWK set is an RSA key that may verify RS256 signatures. [RFC 7518 3.3; RFC 7517 4.2-4.4] */
export function isUsableKey(key: unknown): key is JsonObject {
  if (typeof key !== 'object' || key === null || Array.isArray(key)) return false;
  const jwk = key as JsonObject;
  const kid = ownMember(jwk, 'kid');
  const operations = ownMember(jwk, 'key_ops');
  return (
    ownMember(jwk, 'kty') === 'RSA' &&
    (kid === undefined || isKeyId(kid)) &&
    isAbsentOr(ownMember(jwk, 'use'), 'sig') &&
    isAbsentOr(ownMember(jwk, 'alg'), SIGNATURE_ALGORITHM) &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    hasSoundNumbers(jwk)
  );
}
