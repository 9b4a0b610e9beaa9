import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';
import { segment, type Forge } from '../forge';

/** A token of the attacker's key whose header shows where that key is. */
const pointing =
  (members: (forge: Forge) => object, kid: (forge: Forge) => string | undefined) =>
  (forge: Forge): string =>
    forge.signed(forge.input({ kid: kid(forge), ...members(forge) }), forge.attacker.rsa);

const pointers: [string, (forge: Forge) => object][] = [
  ['jwk', ({ attacker }) => ({ jwk: attacker.jwk })],
  ['jku', ({ attacker }) => ({ jku: attacker.url })],
  ['x5u', ({ attacker }) => ({ x5u: attacker.url })],
  ['x5c', () => ({ x5c: ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'] })],
  [
    'all of them',
    ({ attacker }) => ({ jwk: attacker.jwk, jku: attacker.url, x5u: attacker.url, x5c: ['MII'], x5t: 'x' }),
  ],
];

const keyIds: [string, (forge: Forge) => string | undefined][] = [
  ['the attacker’s key id', ({ attacker }) => attacker.kid],
  ['the genuine key id', ({ issuer }) => issuer.signingKey.kid],
];

const badKeyIds: [string, unknown][] = [
  ['empty', ''],
  ['a number', 1],
  ['null', null],
  ['a list', ['1']],
  ['an object', { kid: '1' }],
  ['true', true],
  ['129 characters long', 'x'.repeat(129)],
  ['3 KB long', 'x'.repeat(3_000)],
  ['with a line break (L2)', 'a\nlevel=error'],
  ['with colours (L2)', '\u001b[31mred'],
  ['with a NUL', 'a\0b'],
  ['Cyrillic', 'ключ'],
];

const unknownKeyIds = [
  'unknown',
  '../../../../dev/null',
  '/etc/passwd',
  "1' or '1'='1",
  '$(id)',
  '`id`|curl',
  '__proto__',
  'constructor',
  'toString',
  '{{7*7}}',
  'https://evil.example/key',
];

const refusedMembers: [string, object][] = [
  ['crit that names exp', { crit: ['exp'] }],
  ['an empty crit', { crit: [] }],
  ['crit that names something unheard of', { crit: ['urn:x'], 'urn:x': true }],
  ['b64 false with crit', { crit: ['b64'], b64: false }],
  ['b64 false', { b64: false }],
  ['b64 true', { b64: true }],
  ['zip', { zip: 'DEF' }],
  ['cty, as of a nested JWT', { cty: 'JWT' }],
];

/** V2, V3, V8: headers that would lead elsewhere, or that nobody here understands. */
export const headers: HostileToken[] = [
  ...pointers.flatMap(([name, members]) =>
    keyIds.map(([which, kid]): HostileToken => ({
      title: `V2 the attacker’s key by ${name}, under ${which}`,
      token: pointing(members, kid),
      refused: INVALID,
    })),
  ),
  {
    title: 'V2 the attacker’s key by jwk, without key id',
    token: pointing(
      ({ attacker }) => ({ jwk: attacker.jwk }),
      () => undefined,
    ),
    refused: INVALID,
  },
  ...badKeyIds.map(([name, kid]): HostileToken => ({
    title: `V3 a key id that is ${name}`,
    token: (forge) => forge.token({}, { kid }),
    refused: INVALID,
  })),
  ...unknownKeyIds.map((kid): HostileToken => ({
    title: `V3 the key id ${kid}`,
    token: (forge) => forge.token({}, { kid }),
    refused: INVALID,
  })),
  {
    title: 'V3 no key id while the issuer has several keys',
    token: (forge) => forge.token({}, { kid: undefined }),
    refused: INVALID,
  },
  ...refusedMembers.map(([name, members]): HostileToken => ({
    title: `V8 ${name}`,
    token: (forge) => forge.token({}, members),
    refused: INVALID,
  })),
  {
    title: 'V9 two algorithms in the header, the last of which is none',
    token: (forge) =>
      forge.compact(`{"alg":"RS256","kid":"${forge.issuer.signingKey.kid}","alg":"none"}`, forge.claims()),
    refused: INVALID,
  },
  {
    title: 'V7 a header that is a list',
    token: (forge) => forge.compact([forge.header()], forge.claims()),
    refused: INVALID,
  },
  { title: 'V7 a header that is null', token: (forge) => forge.compact('null', forge.claims()), refused: INVALID },
  {
    title: 'V7 a header that is no JSON',
    token: (forge) => forge.compact('alg=RS256', forge.claims()),
    refused: INVALID,
  },
  {
    title: 'V7 a header behind a byte order mark',
    token: (forge) => forge.compact(`\uFEFF${JSON.stringify(forge.header())}`, forge.claims()),
    refused: INVALID,
  },
  {
    title: 'V7 an unprotected header beside the protected one',
    token: (forge) => {
      const [header = '', payload = '', signature = ''] = forge.token().split('.');
      return segment({ protected: header, payload, signature, header: { alg: 'none' } });
    },
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundHeaders: BenignToken[] = [
  {
    title: 'V2 the genuine key, with a jku that nobody follows',
    token: (forge) => forge.token({}, { jku: forge.attacker.url }),
  },
  {
    title: 'V2 the genuine key, with a jwk that nobody reads',
    token: (forge) => forge.token({}, { jwk: forge.attacker.jwk }),
  },
  { title: 'V8 a member that nobody has defined', token: (forge) => forge.token({}, { 'urn:x': true }) },
  {
    title: 'V9 two algorithms in the header, the last of which is RS256',
    token: (forge) =>
      forge.compact(`{"alg":"none","kid":"${forge.issuer.signingKey.kid}","alg":"RS256"}`, forge.claims()),
  },
];
