import { segment, type Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

type Parts = [header: string, payload: string, signature: string];
const partsOf = (token: string): Parts => token.split('.') as Parts;

/** A good token taken apart and put together in another way. */
const rebuilt =
  (build: (parts: Parts) => string) =>
  (forge: Forge): string =>
    build(partsOf(forge.token()));

/** The same bytes in another spelling: the unused bits of the last character are set. */
function withTrailingBits(part: string): string {
  const last = ALPHABET.indexOf(part.at(-1) ?? '');
  const moved = part.slice(0, -1) + (ALPHABET[last + 1] ?? '');
  const sameBytes = Buffer.from(moved, 'base64url').equals(Buffer.from(part, 'base64url'));
  if (part.length % 4 === 0 || !sameBytes) throw new Error('The part has no unused bits.');
  return moved;
}

/** A token whose header and payload have unused bits, which the genuine signature covers in their other spelling. */
const spelledOtherwise =
  (which: 0 | 1 | 2) =>
  (forge: Forge): string => {
    const pad = (text: string): string => text + ' '.repeat((4 - (text.length % 3)) % 3);
    const parts = [pad(JSON.stringify(forge.header())), pad(JSON.stringify(forge.claims()))].map(segment);
    if (which < 2) parts[which] = withTrailingBits(parts[which] ?? '');
    const token = forge.signed(parts.join('.'));
    if (which < 2) return token;
    const [header, payload, signature] = partsOf(token);
    return `${header}.${payload}.${withTrailingBits(signature)}`;
  };

const spellings: [string, (parts: Parts) => string][] = [
  ['padding after the header', ([h, p, s]) => `${h}=.${p}.${s}`],
  ['padding after the payload', ([h, p, s]) => `${h}.${p}==.${s}`],
  ['padding after the signature', ([h, p, s]) => `${h}.${p}.${s}==`],
  ['a blank before', ([h, p, s]) => ` ${h}.${p}.${s}`],
  ['a blank after', ([h, p, s]) => `${h}.${p}.${s} `],
  ['a line break after', ([h, p, s]) => `${h}.${p}.${s}\n`],
  ['a line break within the payload', ([h, p, s]) => `${h}.${p.slice(0, 40)}\r\n${p.slice(40)}.${s}`],
  ['a tab within the signature', ([h, p, s]) => `${h}.${p}.${s.slice(0, 40)}\t${s.slice(40)}`],
  ['the other alphabet in the signature', ([h, p, s]) => `${h}.${p}.${Buffer.from(s, 'base64url').toString('base64')}`],
  ['a comment in the signature', ([h, p, s]) => `${h}.${p}.${s.slice(0, 40)}!${s.slice(40)}`],
  ['a NUL after the payload', ([h, p, s]) => `${h}.${p}\0.${s}`],
  ['a percent escape for a dot', ([h, p, s]) => `${h}%2E${p}.${s}`],
  ['a full-width dot', ([h, p, s]) => `${h}．${p}.${s}`],
  ['an extra letter', ([h, p, s]) => `${h}.${p}.${s}A`],
];

const shapes: [string, (parts: Parts) => string][] = [
  ['two segments', ([h, p]) => `${h}.${p}`],
  ['an empty signature', ([h, p]) => `${h}.${p}.`],
  ['an empty payload', ([h, , s]) => `${h}..${s}`],
  ['four segments', ([h, p, s]) => `${h}.${p}.${s}.${s}`],
  ['a dot at its end', ([h, p, s]) => `${h}.${p}.${s}.`],
  ['five segments', ([h, p, s]) => `${h}.${p}.${s}.${p}.${s}`],
  ['two tokens in one', ([h, p, s]) => `${h}.${p}.${s}.${h}.${p}.${s}`],
  ['the scheme in front', ([h, p, s]) => `Bearer ${h}.${p}.${s}`],
  ['quotes around it', ([h, p, s]) => `"${h}.${p}.${s}"`],
  ['the flattened JSON serialisation', ([h, p, s]) => JSON.stringify({ protected: h, payload: p, signature: s })],
  [
    'the general JSON serialisation',
    ([h, p, s]) => JSON.stringify({ payload: p, signatures: [{ protected: h, signature: s }] }),
  ],
  ['base64url around the whole', ([h, p, s]) => segment(`${h}.${p}.${s}`)],
];

const encrypted = (header: object): string => [header, 'key', 'iv', 'ciphertext', 'tag'].map(segment).join('.');

/** V6: other spellings and other shapes of a token whose signature is right. */
export const segments: HostileToken[] = [
  ...spellings.map(([name, build]): HostileToken => ({ title: `V6 ${name}`, token: rebuilt(build), refused: INVALID })),
  ...shapes.map(([name, build]): HostileToken => ({ title: `V6 ${name}`, token: rebuilt(build), refused: INVALID })),
  { title: 'V6 unused bits in the header', token: spelledOtherwise(0), refused: INVALID },
  { title: 'V6 unused bits in the payload', token: spelledOtherwise(1), refused: INVALID },
  { title: 'V6 unused bits in the signature', token: spelledOtherwise(2), refused: INVALID },
  { title: 'V6 a JWE for RSA', token: () => encrypted({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }), refused: INVALID },
  {
    title: 'V6 a JWE by password, which would cost a million rounds',
    token: () => encrypted({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1_000_000, p2s: 'c2FsdA' }),
    refused: INVALID,
  },
  { title: 'V6 dots alone', token: () => '..', refused: INVALID },
  { title: 'V6 a single dot', token: () => '.', refused: INVALID },
  {
    title: 'V6 text that is no token',
    token: () => 'Hello, is it me you are looking for? It is a long way to 64 letters.',
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundSegments: BenignToken[] = [
  {
    title: 'V6 the same parts, put together as they were',
    token: rebuilt((parts) => parts.join('.')),
  },
  {
    title: 'V6 parts with unused bits that are zero',
    token: (forge) => {
      const pad = (text: string): string => text + ' '.repeat((4 - (text.length % 3)) % 3);
      return forge.compact(pad(JSON.stringify(forge.header())), pad(JSON.stringify(forge.claims())));
    },
  },
];
