import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const NO_HASH = 'expected a hash of 32 bytes in base64url';
const [INNER, OUTER] = [0x36, 0x5c];

/**
 * HMAC-SHA-256 of other hashes under one key. [RFC 2104]
 *
 * By two calls of the hash: `createHmac` makes an object for each that the garbage collector must end one by one, and
 * takes twice as long before it does.
 */
export class HmacSha256 {
  private readonly inner: Buffer;
  private readonly outer: Buffer;

  /** @param key At most 64 bytes count; a longer one is hashed first, as for every HMAC. */
  constructor(key: Buffer) {
    const short = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key;
    this.inner = padded(short, INNER);
    this.outer = padded(short, OUTER);
  }

  /**
   * @param message 32 bytes in base64url.
   * @returns 32 bytes in hexadecimal digits.
   * @throws TypeError if the message is shorter.
   */
  of(message: string): string {
    // Behind a shorter one the end of the last message would count.
    if (this.inner.write(message, BLOCK_BYTES, HASH_BYTES, 'base64url') !== HASH_BYTES) throw new TypeError(NO_HASH);
    this.outer.write(hash('sha256', this.inner, 'hex'), BLOCK_BYTES, HASH_BYTES, 'hex');
    return hash('sha256', this.outer, 'hex');
  }
}

/** The key, combined with its padding, and room for a hash behind it. */
function padded(key: Buffer, padding: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  key.copy(block);
  for (let place = 0; place < BLOCK_BYTES; place += 1) block.writeUInt8(block.readUInt8(place) ^ padding, place);
  return block;
}
