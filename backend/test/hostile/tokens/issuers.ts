import type { Forge } from '../forge';
import type { BenignToken, HostileToken } from '../hostile-entry';

const WRONG = '401 provider_token_wrong_issuer';

const foreign: [string, (forge: Forge) => unknown][] = [
  ['of the other provider', ({ other }) => other.issuer],
  [
    'without or with a trailing slash more',
    ({ issuer: { issuer } }) => (issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`),
  ],
  ['in capitals', ({ issuer }) => issuer.issuer.toUpperCase()],
  ['by https', ({ issuer }) => issuer.issuer.replace('http:', 'https:')],
  ['on localhost', ({ issuer }) => issuer.issuer.replace('127.0.0.1', 'localhost')],
  ['with a path more', ({ issuer }) => `${issuer.issuer}/x`],
  ['with a query', ({ issuer }) => `${issuer.issuer}?x`],
  ['with a fragment', ({ issuer }) => `${issuer.issuer}#x`],
  ['with a user', ({ issuer }) => issuer.issuer.replace('//', '//user@')],
  ['with dots in its path', ({ issuer }) => issuer.issuer.replace(/\/(google|auth0)/, '/x/../$1')],
  ['with a blank behind', ({ issuer }) => `${issuer.issuer} `],
  ['with a line break behind', ({ issuer }) => `${issuer.issuer}\n`],
  ['with a NUL behind', ({ issuer }) => `${issuer.issuer}\0.evil.example`],
  ['as a part of another', ({ issuer }) => `https://evil.example/?${issuer.issuer}`],
  ['of Google itself, which is not configured here', () => 'https://accounts.google.com'],
  ['of Firebase (securetoken.google.com)', () => 'https://securetoken.google.com/demo-project'],
  ['of another tenant', () => 'https://other.eu.auth0.com/'],
  ['of somebody', ({ attacker }) => attacker.url],
  ['in a list', ({ issuer }) => [issuer.issuer]],
  ['in an object', ({ issuer }) => ({ iss: issuer.issuer })],
  ['empty', () => ''],
  ['null', () => null],
  ['true', () => true],
  ['a number', () => 0],
  ['missing', () => undefined],
];

/** V11: issuers that are not exactly the provider's, over its genuine signature. */
export const issuers: HostileToken[] = [
  ...foreign.map(([name, iss]): HostileToken => ({
    title: `V11 an issuer ${name}`,
    token: (forge) => forge.token({ iss: iss(forge) }),
    refused: WRONG,
  })),
  {
    title: 'V11 a genuine ID token of the other provider',
    token: async (forge) => (await forge.other.issue('ada')).idToken,
    refused: WRONG,
  },
  {
    title: 'V11 a genuine access token of the other provider',
    token: async (forge) => (await forge.other.issue('ada', { audience: forge.other.audience })).accessToken,
    at: 'google',
    field: 'auth_token',
    refused: WRONG,
  },
  {
    title: 'V11 an access token of another tenant',
    token: (forge) => forge.accessToken({ iss: 'https://other.eu.auth0.com/' }),
    at: 'auth0',
    field: 'access_token',
    refused: WRONG,
  },
];

/** What differs from these by one thing only. */
export const soundIssuers: BenignToken[] = [
  { title: 'V11 the issuer as it is configured', token: (forge) => forge.token({ iss: forge.issuer.issuer }) },
  { title: 'V11 a genuine ID token', token: async (forge) => (await forge.issuer.issue('ada')).idToken },
];
