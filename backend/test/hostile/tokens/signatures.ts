import { sign } from 'node:crypto';
import { segment, type Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

/** A good token whose signature bytes are changed. */
const changed =
  (change: (signature: Buffer, forge: Forge) => Uint8Array) =>
  (forge: Forge): string => {
    const token = forge.token();
    const end = token.lastIndexOf('.');
    return `${token.slice(0, end)}.${segment(change(Buffer.from(token.slice(end + 1), 'base64url'), forge))}`;
  };

const bigint = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
const modulusOf = (forge: Forge): bigint =>
  bigint(Buffer.from(String(forge.publicKey.export({ format: 'jwk' }).n), 'base64url'));

const changes: [string, (signature: Buffer, forge: Forge) => Uint8Array][] = [
  ['cut by a byte', (signature) => signature.subarray(0, 255)],
  ['cut by its first byte', (signature) => signature.subarray(1)],
  ['cut to one byte', (signature) => signature.subarray(0, 1)],
  ['with a zero in front', (signature) => Buffer.concat([Buffer.alloc(1), signature])],
  ['with a zero behind', (signature) => Buffer.concat([signature, Buffer.alloc(1)])],
  ['said twice', (signature) => Buffer.concat([signature, signature])],
  ['of zeros', () => Buffer.alloc(256)],
  ['of one', () => bytesOf(1n, 256)],
  ['of ones', () => Buffer.alloc(256, 0xff)],
  [
    'with one bit changed',
    (signature) => Buffer.concat([signature.subarray(0, 255), Buffer.from([(signature[255] ?? 0) ^ 1])]),
  ],
  [
    'with its first bit changed',
    (signature) => Buffer.concat([Buffer.from([(signature[0] ?? 0) ^ 0x80]), signature.subarray(1)]),
  ],
  ['plus the modulus', (signature, forge) => bytesOf(bigint(signature) + modulusOf(forge), 257)],
  ['taken from the modulus', (signature, forge) => bytesOf(modulusOf(forge) - bigint(signature), 256)],
  ['equal to the modulus', (_signature, forge) => bytesOf(modulusOf(forge), 256)],
  [
    'wrapped in DER',
    (signature) => Buffer.concat([Buffer.from('30820104 02820100'.replace(' ', ''), 'hex'), signature]),
  ],
  ['wrapped in a DER octet string', (signature) => Buffer.concat([Buffer.from('04820100', 'hex'), signature])],
  ['in reverse', (signature) => Buffer.from(signature).reverse()],
  ['as hexadecimal text', (signature) => Buffer.from(signature.toString('hex'))],
  ['as base64 text', (signature) => Buffer.from(signature.toString('base64'))],
];

/** V17: signatures that are not, in every form. */
export const signatures: HostileToken[] = [
  ...changes.map(([name, change]): HostileToken => ({
    title: `V17 a signature ${name}`,
    token: changed(change),
    refused: INVALID,
  })),
  {
    title: 'V17 the signature of another token',
    token: (forge) => `${forge.input()}.${forge.token().split('.')[2]}`,
    refused: INVALID,
  },
  {
    title: 'V17 the claims of one token in another',
    token: (forge) => {
      const [header, , signature] = forge.token().split('.');
      return `${header}.${segment(forge.claims())}.${signature}`;
    },
    refused: INVALID,
  },
  {
    title: 'V17 the signature over the payload alone',
    token: (forge) => {
      const input = forge.input();
      const payload = Buffer.from(input.split('.')[1] ?? '');
      return `${input}.${segment(sign('sha256', payload, forge.issuer.signingKey.privateKey))}`;
    },
    refused: INVALID,
  },
  {
    title: 'V17 the signature over the decoded parts',
    token: (forge) => {
      const input = forge.input();
      const decoded = input
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString())
        .join('.');
      return `${input}.${segment(sign('sha256', Buffer.from(decoded), forge.issuer.signingKey.privateKey))}`;
    },
    refused: INVALID,
  },
  {
    title: 'V17 the padded digest itself, not encrypted',
    token: (forge) => {
      const input = forge.input();
      return `${input}.${segment(forge.paddedDigest(input))}`;
    },
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundSignatures: BenignToken[] = [
  { title: 'V17 a signature whose bytes were decoded and encoded again', token: changed((signature) => signature) },
  {
    title: 'V17 a signature taken from the modulus twice',
    token: changed((signature, forge) => bytesOf(modulusOf(forge) - (modulusOf(forge) - bigint(signature)), 256)),
  },
];
