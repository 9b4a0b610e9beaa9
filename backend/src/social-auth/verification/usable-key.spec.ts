import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { isUsableKey } from './usable-key';

const rsa = (modulusLength: number, publicExponent = 65_537): JsonWebKey =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' });

const key: JsonWebKey = { ...rsa(2048), kid: 'key-1', use: 'sig', alg: 'RS256' };
const number = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const without = (name: string): JsonWebKey =>
  Object.fromEntries(Object.entries(key).filter(([member]) => member !== name));

describe('a key that may verify', () => {
  it.each([
    ['an RSA key of 2048 bits', key],
    ['one of 2056 bits', rsa(2056)],
    ['one of 4096 bits', rsa(4096)],
    ['one without kid', without('kid')],
    ['one without use', without('use')],
    ['one without alg', without('alg')],
    ['one for verification among other things', { ...key, key_ops: ['encrypt', 'verify'] }],
    ['one with a certificate', { ...key, x5c: ['not a certificate'], x5t: 'x' }],
    ['one with an exponent of three', { ...key, e: number('03') }],
    ['one with an exponent that begins with zeros', { ...key, e: number('00010001') }],
    ['one with members that nobody knows', { ...key, extra: { deep: true }, ext: false }],
  ])('V4 is %s', (_name, jwk) => expect(isUsableKey(jwk)).toBe(true));
});

describe('a key that may not', () => {
  const certificate = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

  it.each<[string, unknown]>([
    ['an RSA key of 1024 bits', rsa(1024)],
    ['one of 2047 bits', { ...key, n: number(`7f${'ff'.repeat(255)}`) }],
    ['one of 1024 bits behind zeros', { ...key, n: number(`${'00'.repeat(128)}${'ff'.repeat(128)}`) }],
    ['an exponent of one', { ...key, e: number('01') }],
    ['an exponent of zero', { ...key, e: number('00') }],
    ['an even exponent', { ...key, e: number('010000') }],
    ['an exponent of five bytes', { ...key, e: number('0100000001') }],
    ['no exponent', without('e')],
    ['no modulus', without('n')],
    ['an empty modulus', { ...key, n: '' }],
    ['a modulus that is no base64url', { ...key, n: 'not base64url!' }],
    ['a modulus that is no string', { ...key, n: 65_537 }],
    ['a key for encryption', { ...key, use: 'enc' }],
    ['a use in capitals', { ...key, use: 'SIG' }],
    ['a use that is null', { ...key, use: null }],
    ['operations without verify', { ...key, key_ops: ['sign', 'encrypt'] }],
    ['no operation at all', { ...key, key_ops: [] }],
    ['operations in one string', { ...key, key_ops: 'verify' }],
    ['another algorithm', { ...key, alg: 'PS256' }],
    ['a stronger algorithm', { ...key, alg: 'RS512' }],
    ['an algorithm for encryption', { ...key, alg: 'RSA-OAEP' }],
    ['a kid that is no string', { ...key, kid: 1 }],
    ['an empty kid', { ...key, kid: '' }],
    ['a kid of 129 characters', { ...key, kid: 'x'.repeat(129) }],
    ['an EC key', { ...certificate, kid: 'key-1' }],
    ['an EC key that calls itself RSA', { ...certificate, kty: 'RSA' }],
    ['an octet key', { kty: 'oct', k: 'c2VjcmV0', kid: 'key-1' }],
    ['an OKP key', { kty: 'OKP', crv: 'Ed25519', x: 'x' }],
    ['an unknown type', { ...key, kty: 'AKP' }],
    ['a type in small letters', { ...key, kty: 'rsa' }],
    ['no type', without('kty')],
    ['null', null],
    ['a string', 'key-1'],
    ['a number', 1],
    ['a list with a key in it', [key]],
    ['a key in its prototype', Object.create(key)],
  ])('V4 is %s', (_name, jwk) => expect(isUsableKey(jwk)).toBe(false));
});

it('V4 calls no key usable that the machine could not load', () => {
  const usable = [key, rsa(3072), without('alg')].filter(isUsableKey);
  for (const jwk of usable) expect(createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType).toBe('rsa');
  expect(usable).toHaveLength(3);
});
