import type { Forge } from '../forge';
import type { BenignRequest, HostileRequest } from '../hostile-entry';

const MALFORMED = '400 invalid_request';

/** A body that is written by hand around a good token. */
const written =
  (write: (token: string, forge: Forge) => string | Uint8Array) =>
  (forge: Forge): { body: string | Uint8Array } => ({ body: write(forge.token(), forge) });

/** A body that is an object with more members than a good token. */
const withMembers = (members: (forge: Forge) => object): ((forge: Forge) => { body: string | Uint8Array }) =>
  written((token, forge) => JSON.stringify({ id_token: token, ...members(forge) }));

const shapes: [string, (token: string) => string][] = [
  ['nothing', () => ''],
  ['blanks', () => '   '],
  ['an empty object', () => '{}'],
  ['an empty list', () => '[]'],
  ['a list of good bodies', (token) => `[{"id_token":"${token}"}]`],
  ['a list of tokens', (token) => `["${token}"]`],
  ['the token alone', (token) => `"${token}"`],
  ['a number', () => '1'],
  ['true', () => 'true'],
  ['null', () => 'null'],
  ['form fields', (token) => `id_token=${token}`],
  ['the token without JSON', (token) => token],
];

const values: [string, unknown][] = [
  ['null', null],
  ['empty', ''],
  ['a number', 1],
  ['zero', 0],
  ['true', true],
  ['false', false],
  ['an empty list', []],
  ['an empty object', {}],
  ['an object with a length', { length: 3, split: 'x' }],
];

const unknownFields: [string, (forge: Forge) => object][] = [
  ['issuer (M12)', ({ attacker }) => ({ issuer: attacker.url })],
  ['provider (M12)', () => ({ provider: 'auth0' })],
  ['jwks_uri (M12)', ({ attacker }) => ({ jwks_uri: attacker.url })],
  ['jwks (M12)', ({ attacker }) => ({ jwks: { keys: [attacker.jwk] } })],
  ['client_id', ({ issuer }) => ({ client_id: issuer.foreignClientId })],
  ['audience', () => ({ audience: 'somebody-else' })],
  ['email (M10)', () => ({ email: 'victim@example.com' })],
  ['email_verified (M10)', () => ({ email_verified: true })],
  ['account (M10)', () => ({ account: { id: '1' } })],
  ['scopes (M10)', () => ({ scopes: ['admin'] })],
  ['expires_in (M10)', () => ({ expires_in: 1e9 })],
  ['toString', () => ({ toString: 'x' })],
  ['a name of nothing', () => ({ '': 'x' })],
  ['the field in capitals', () => ({ ID_TOKEN: 'x' })],
];

const pollutions: [string, (token: string) => string][] = [
  ['__proto__ beside the token', (token) => `{"id_token":"${token}","__proto__":{"polluted":true}}`],
  ['the token in __proto__', (token) => `{"__proto__":{"id_token":"${token}"}}`],
  ['__proto__ in an escape', (token) => `{"id_token":"${token}","\\u005f_proto__":{"polluted":true}}`],
  ['constructor.prototype', (token) => `{"id_token":"${token}","constructor":{"prototype":{"polluted":true}}}`],
  ['constructor alone', (token) => `{"id_token":"${token}","constructor":{}}`],
  ['prototype', (token) => `{"id_token":"${token}","prototype":{"polluted":true}}`],
  ['__proto__ within a field', (token) => `{"id_token":"${token}","x":{"__proto__":{"polluted":true}}}`],
  ['hasOwnProperty', (token) => `{"id_token":"${token}","hasOwnProperty":1}`],
];

const notJson: [string, (token: string) => string | Uint8Array][] = [
  ['cut off', (token) => `{"id_token":"${token}"`],
  ['with a trailing comma', (token) => `{"id_token":"${token}",}`],
  ['with a comment', (token) => `{/**/"id_token":"${token}"}`],
  ['with single quotes', (token) => `{'id_token':'${token}'}`],
  ['twice', (token) => `{"id_token":"${token}"}{"id_token":"${token}"}`],
  ['in UTF-16', (token) => Buffer.from(`{"id_token":"${token}"}`, 'utf16le')],
  ['with a NUL behind', (token) => `{"id_token":"${token}"}\0`],
  ['as XML', (token) => `<id_token>${token}</id_token>`],
];

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);

/** H1, H3, M10, M12: bodies of every form but the one. */
export const bodies: HostileRequest[] = [
  ...[...shapes, ...notJson].map(([name, write]): HostileRequest => ({
    title: `H3 a body that is ${name}`,
    request: written(write),
    refused: MALFORMED,
  })),
  ...values.map(([name, value]): HostileRequest => ({
    title: `H3 an id_token that is ${name}`,
    request: () => ({ body: JSON.stringify({ id_token: value }) }),
    refused: MALFORMED,
  })),
  {
    title: 'H3 an id_token in a list',
    request: written((token) => JSON.stringify({ id_token: [token] })),
    refused: MALFORMED,
  },
  ...unknownFields.map(([name, members]): HostileRequest => ({
    title: `H3 an unknown field: ${name}`,
    request: withMembers(members),
    refused: MALFORMED,
  })),
  ...(['access_token', 'auth_token'] as const).map((field): HostileRequest => ({
    title: `H3 a good id_token beside an ${field}`,
    request: withMembers((forge) => ({ [field]: forge.token() })),
    refused: MALFORMED,
  })),
  ...pollutions.map(([name, write]): HostileRequest => ({
    title: `H3 a body with ${name}`,
    request: written(write),
    refused: MALFORMED,
  })),
  { title: 'D7 30,000 lists in one another', request: () => ({ body: '['.repeat(30_000) }), refused: MALFORMED },
  {
    title: 'D7 16,000 lists in one another, all closed',
    request: () => ({ body: deep('[', ']', 16_000) }),
    refused: MALFORMED,
  },
  {
    title: 'D7 5,000 objects in one another',
    request: () => ({ body: `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}` }),
    refused: MALFORMED,
  },
  {
    title: 'D7 5,000 levels within the field',
    request: () => ({ body: `{"id_token":${deep('[', ']', 5_000)}}` }),
    refused: MALFORMED,
  },
  {
    title: 'H3 two id_tokens, the last of which is bad',
    request: written((token) => `{"id_token":"${token}","id_token":"x.y.z"}`),
    refused: '401 provider_token_invalid',
  },
  {
    title: 'H2 a body of 33 KB',
    request: () => ({ body: `{"id_token":"${'x'.repeat(33_000)}"}` }),
    refused: '413 payload_too_large',
  },
  {
    title: 'H2 33 KB of blanks around a good token',
    request: written((token) => `${' '.repeat(33_000)}{"id_token":"${token}"}`),
    refused: '413 payload_too_large',
  },
];

/** What differs from these by one thing only. */
export const soundBodies: BenignRequest[] = [
  { title: 'H3 a body with one good token', request: written((token) => `{"id_token":"${token}"}`) },
  { title: 'H3 a body with blanks and line breaks', request: written((token) => `\n{ "id_token"\t: "${token}" }\r\n`) },
  {
    title: 'H3 two id_tokens, the last of which is good',
    request: written((token) => `{"id_token":"x.y.z","id_token":"${token}"}`),
  },
  { title: 'H3 the other fields null', request: withMembers(() => ({ access_token: null, auth_token: null })) },
];
