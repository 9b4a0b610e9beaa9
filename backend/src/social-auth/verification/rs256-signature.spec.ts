import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { assert, integer, property } from 'fast-check';
import { codeOf, refusalOf } from '../../../test/support/refusal-of';
import { verifyRs256Signature } from './rs256-signature';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (part: string | Buffer): string => Buffer.from(part).toString('base64url');
const input = `${encode('{"alg":"RS256"}')}.${encode('{"sub":"ada"}')}`;
const signature = sign('sha256', Buffer.from(input), privateKey);
const verify = (token: string, key: KeyObject = publicKey): Promise<void> =>
  verifyRs256Signature(token, { kid: 'key-1', key });

describe('a signature', () => {
  it('V17 verifies by the key that made it', async () => {
    await expect(verify(`${input}.${encode(signature)}`)).resolves.toBeUndefined();
  });

  it('V17 verifies by no other key, and by none that is weak', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(await codeOf(() => verify(`${input}.${encode(signature)}`, other.publicKey))).toBe('provider_token_invalid');
    const weakToken = `${input}.${encode(sign('sha256', Buffer.from(input), weak.privateKey))}`;
    expect(await codeOf(() => verify(weakToken, weak.publicKey))).toBe('provider_token_invalid');
  });

  it('V17 does not verify with any one bit of it changed, nor with one of what it signs', async () => {
    const positions = new Set<number>();
    assert(
      property(integer({ min: 0, max: 2047 }), (bit) => void positions.add(bit)),
      { numRuns: 100 },
    );
    for (const bit of positions) {
      const changed = Buffer.from(signature);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codeOf(() => verify(`${input}.${encode(changed)}`))).toBe('provider_token_invalid');
    }
    const other = input.replace(encode('{"sub":"ada"}'), encode('{"sub":"adb"}'));
    expect(await codeOf(() => verify(`${other}.${encode(signature)}`))).toBe('provider_token_invalid');
  });

  it('V1 does not verify by the public key as a secret', async () => {
    const hmacInput = `${encode('{"alg":"HS256"}')}.${encode('{"sub":"ada"}')}`;
    const digest = createHash('sha256').update(hmacInput).digest();
    expect(await codeOf(() => verify(`${hmacInput}.${encode(digest)}`))).toBe('provider_token_invalid');
  });

  it('L1 is refused without a word of the token', async () => {
    const error = await refusalOf(() => verify(`${input}.${encode(Buffer.alloc(256))}`));
    expect(JSON.stringify([error.message, error.reason, String(error.cause)])).not.toContain(encode('{"sub":"ada"}'));
  });
});
