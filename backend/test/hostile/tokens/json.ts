import type { Forge } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

/** A token with the genuine signature over a payload that is written by hand. */
const payload =
  (write: (claims: string, forge: Forge) => string | Uint8Array) =>
  (forge: Forge): string =>
    forge.compact(forge.header(), write(JSON.stringify(forge.claims()), forge));

/** The text of an object with more members at its end, duplicates included. */
const append = (claims: string, members: string): string => `${claims.slice(0, -1)},${members}}`;
const nested = (levels: number): string => `"deep":${'['.repeat(levels)}${']'.repeat(levels)}`;

const notJson: [string, (claims: string) => string | Uint8Array][] = [
  ['a byte order mark', (claims) => `\uFEFF${claims}`],
  ['UTF-16', (claims) => Buffer.from(claims, 'utf16le')],
  ['Latin-1', (claims) => Buffer.from(claims.replace('Mallory', 'M\u00e4llory'), 'latin1')],
  [
    'an overlong encoding',
    (claims) =>
      Buffer.concat([Buffer.from(append(claims, '"x":"').slice(0, -1)), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
  ],
  [
    'a surrogate in UTF-8',
    (claims) =>
      Buffer.concat([
        Buffer.from(append(claims, '"x":"').slice(0, -1)),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('"}'),
      ]),
  ],
  ['a bare control character', (claims) => append(claims, '"x":"\u0001"')],
  ['a trailing comma', (claims) => `${claims.slice(0, -1)},}`],
  ['something after its end', (claims) => `${claims}x`],
  ['two objects', (claims) => claims + claims],
  ['a comment', (claims) => `/**/${claims}`],
  ['single quotes', (claims) => claims.replaceAll('"', "'")],
  ['a hexadecimal number', (claims) => append(claims, '"exp":0x7fffffff')],
  ['NaN', (claims) => append(claims, '"exp":NaN')],
  ['Infinity', (claims) => append(claims, '"exp":Infinity')],
  ['a number with leading zeros', (claims) => append(claims, '"nbf":007')],
];

const notObjects: [string, (claims: string) => string][] = [
  ['a list with the claims', (claims) => `[${claims}]`],
  ['the claims as text', (claims) => JSON.stringify(claims)],
  ['null', () => 'null'],
  ['true', () => 'true'],
  ['a number', () => '1'],
  ['an empty list', () => '[]'],
];

/** V7, V9: payloads that are not what they seem. */
export const json: HostileToken[] = [
  ...notJson.map(([name, write]): HostileToken => ({
    title: `V7 a payload with ${name}`,
    token: payload(write),
    refused: INVALID,
  })),
  ...notObjects.map(([name, write]): HostileToken => ({
    title: `V7 a payload that is ${name}`,
    token: payload(write),
    refused: INVALID,
  })),
  {
    title: 'V7 the claims in the prototype',
    token: payload((claims) => `{"__proto__":${claims}}`),
    refused: '401 provider_token_wrong_issuer',
  },
  {
    title: 'V7 an empty object',
    token: payload(() => '{}'),
    refused: '401 provider_token_wrong_issuer',
  },
  {
    title: 'V9 two issuers, the last of which is a stranger',
    token: payload((claims) => append(claims, '"iss":"https://evil.example"')),
    refused: '401 provider_token_wrong_issuer',
  },
  {
    title: 'V9 two audiences, the last of which is a stranger',
    token: payload((claims) => append(claims, '"aud":"somebody-else"')),
    refused: '401 provider_token_wrong_audience',
  },
  {
    title: 'V9 two expiries, the last of which has passed, its name in an escape',
    token: payload((claims, forge) =>
      append(claims.replace(/"iat":\d+/, `"iat":${forge.now - 3_500}`), `"e\\u0078p":${forge.now - 120}`),
    ),
    refused: '401 provider_token_expired',
  },
  {
    title: 'V9 two subjects, the last of which is none',
    token: payload((claims) => append(claims, '"sub":null')),
    refused: INVALID,
  },
];

/** What differs from these by one thing only. */
export const soundJson: BenignToken[] = [
  {
    title: 'V7 a payload with blanks and line breaks between its members',
    token: (forge) => forge.compact(forge.header(), JSON.stringify(forge.claims(), undefined, '\t')),
  },
  { title: 'V7 a payload with escapes', token: payload((claims) => claims.replace('"sub"', '"\\u0073ub"')) },
  {
    title: 'V9 two issuers, the last of which is the genuine one',
    token: payload((claims) => `{"iss":"https://evil.example",${claims.slice(1)}`),
  },
  {
    title: 'V7 a prototype that lends nothing',
    token: payload((claims) => append(claims, '"__proto__":{"iss":"https://evil.example","sub":"1"}')),
  },
  { title: 'D7 5,000 levels in a claim that nobody reads', token: payload((claims) => append(claims, nested(5_000))) },
];
