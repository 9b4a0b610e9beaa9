import { INVALID, type HostileToken } from '../hostile-entry';

const subjects: [string, unknown][] = [
  ['missing', undefined],
  ['empty', ''],
  ['null', null],
  ['a number', 104517803296471],
  ['true', true],
  ['a list', ['1']],
  ['an object', { toString: '1' }],
  ['256 characters long', 'x'.repeat(256)],
  ['10,000 characters long', 'x'.repeat(10_000)],
  ['with a NUL', '1\0'],
  ['with a line break', '1\nlevel=error'],
  ['with colours', '\u001b[31m1'],
  ['with a delete character', '1\u007f'],
  ['with an accent', 'auth0|é'],
  ['Cyrillic', 'аuth0|1'],
  ['full-width', '１２３'],
  ['with an emoji', 'auth0|🦊'],
  ['with a zero-width space', '1\u200b'],
  ['with half an emoji', '1\ud83e'],
];

const addresses: [string, string][] = [
  ['a NUL', 'victim\0@example.com'],
  ['a line break', 'victim@example.com\nBcc: all@example.com'],
  ['a carriage return', 'victim@example.com\r'],
  ['a tab', '\tvictim@example.com'],
  ['an escape', 'victim\u001b[2J@example.com'],
  ['a control character beyond ASCII', 'victim\u0085@example.com'],
  ['more than 254 characters', `${'a'.repeat(250)}@example.com`],
];

/** V15, M7: tokens that do not say soundly whom they are about. */
export const persons: HostileToken[] = [
  ...subjects.map(([name, sub]): HostileToken => ({
    title: `V15 a subject ${name}`,
    token: (forge) => forge.token({ sub }),
    refused: INVALID,
  })),
  ...addresses.map(([name, email]): HostileToken => ({
    title: `M7 an e-mail address with ${name}`,
    token: (forge) => forge.token({ email }),
    refused: INVALID,
  })),
  {
    title: 'V15 an access token without a subject',
    token: (forge) => forge.accessToken({ sub: undefined }),
    field: 'access_token',
    at: 'auth0',
    refused: INVALID,
  },
  {
    title: 'M7 an access token whose namespaced address has a NUL',
    token: (forge) => forge.accessToken({ 'https://example.com/email': 'victim\0@example.com' }),
    field: 'access_token',
    at: 'auth0',
    refused: INVALID,
  },
];
