import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** What a prefix may be: it names the environment, so that a token of a test is refused in production. */
export const TOKEN_PREFIX = /^[a-z][a-z0-9]{1,15}$/;

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = ALPHABET.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, '0');
}

/** By numbers, which hold 32 bits: this runs for every request. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let checksum = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    checksum = ALPHABET.charAt(rest % 62) + checksum;
    rest = Math.floor(rest / 62);
  }
  return checksum;
}

/** Makes and recognises tokens of one prefix: `<prefix>_`, 32 random bytes and a CRC-32 in base62. */
export class TokenFormat {
  private readonly pattern: RegExp;

  constructor(private readonly prefix: string) {
    this.pattern = new RegExp(`^${prefix}_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);
  }

  /** A new token: 256 random bits, shown to its owner once and kept nowhere. */
  generate(): string {
    const secret = BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`);
    const body = `${this.prefix}_${base62(secret, SECRET_LENGTH)}`;
    return body + checksumOf(body);
  }

  /** Whether a string begins as tokens of ours do, damaged ones as well. */
  hasPrefix(token: string): boolean {
    return token.startsWith(`${this.prefix}_`);
  }

  /** Whether a string can be a token of ours: junk is told apart before any hashing or I/O. */
  recognises(token: string): boolean {
    if (!this.pattern.test(token)) return false;
    const end = token.length - CHECKSUM_LENGTH;
    return checksumOf(token.slice(0, end)) === token.slice(end);
  }
}
