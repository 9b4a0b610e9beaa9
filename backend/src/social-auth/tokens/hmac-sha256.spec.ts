import { assert, property, uint8Array } from 'fast-check';
import { createHmac, randomBytes } from 'node:crypto';
import { HmacSha256 } from './hmac-sha256';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const expected = (key: Uint8Array, message: Uint8Array): string =>
  createHmac('sha256', key).update(message).digest('hex');

describe('HMAC-SHA-256', () => {
  it.each([1, 31, 32, 63, 64, 65, 200])('T3 is that of node:crypto under a key of %d bytes', (length) => {
    const key = randomBytes(length);
    const message = randomBytes(32);
    expect(new HmacSha256(key).of(textOf(message))).toBe(expected(key, message));
  });

  it('T3 takes nothing that is shorter than a hash, for the end of the last one would count', () => {
    const hmac = new HmacSha256(randomBytes(32));
    hmac.of(textOf(randomBytes(32)));
    for (const length of [0, 1, 31]) expect(() => hmac.of(textOf(randomBytes(length)))).toThrow(TypeError);
  });

  it('T3 is so for any key and message, one after the other', () => {
    const message = uint8Array({ minLength: 32, maxLength: 32 });
    assert(
      property(uint8Array({ minLength: 1, maxLength: 130 }), message, message, (key, first, second) => {
        const hmac = new HmacSha256(Buffer.from(key));
        for (const each of [first, second, first]) expect(hmac.of(textOf(each))).toBe(expected(key, each));
      }),
    );
  });
});
