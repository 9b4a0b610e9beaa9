import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** What a prefix may be: it names the environment, so that a token of a test is refused in production. */
export const TOKEN_PREFIX = /^[a-z][a-z0-9]{1,15}$/;

/** The value of each digit, by its character code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))));

/** So many digits of base62 are a number without loss: a large one is taken apart by so many at a time. */
const PART_LENGTH = 8;
const PART = 62n ** BigInt(PART_LENGTH);

/** The last digits of a number below 2^53. */
function digitsOf(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = ALPHABET.charAt(rest % 62) + text;
  return text;
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= PART) text = digitsOf(Number(rest % PART), PART_LENGTH) + text;
  return text.slice(-length).padStart(length, '0');
}

/** Digits of base62 as a number: no text is made, since this runs for every request. */
function valueOf(digits: string): number {
  let value = 0;
  for (let place = 0; place < digits.length; place += 1) value = value * 62 + (DIGITS[digits.charCodeAt(place)] ?? 0);
  return value;
}

/** Makes and recognises tokens of one prefix: `<prefix>_`, 32 random bytes and a CRC-32 in base62. */
export class TokenFormat {
  private readonly start: string;
  private readonly length: number;
  private readonly pattern: RegExp;

  constructor(prefix: string) {
    this.start = `${prefix}_`;
    this.length = this.start.length + SECRET_LENGTH + CHECKSUM_LENGTH;
    this.pattern = new RegExp(`^${prefix}_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);
  }

  /** A new token: 256 random bits, shown to its owner once and kept nowhere. */
  generate(): string {
    const secret = BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`);
    const body = this.start + base62(secret, SECRET_LENGTH);
    return body + digitsOf(crc32(body), CHECKSUM_LENGTH);
  }

  /** Whether a string begins as tokens of ours do, damaged ones as well. */
  hasPrefix(token: string): boolean {
    return token.startsWith(this.start);
  }

  /** Whether a string can be a token of ours: junk is told apart before any I/O. */
  recognises(token: string): boolean {
    if (!this.pattern.test(token)) return false;
    const end = token.length - CHECKSUM_LENGTH;
    return crc32(token.slice(0, end)) === valueOf(token.slice(end));
  }

  /** Whether a string is as long as a token of ours and begins as one. */
  hasShape(token: string): boolean {
    return token.length === this.length && this.hasPrefix(token);
  }
}
