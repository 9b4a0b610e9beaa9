import { isOpaqueAccessToken } from './auth0-opaque-token';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const jwe = (header: object | string, key = ''): string =>
  [encode(typeof header === 'string' ? header : JSON.stringify(header)), key, 'aXY', 'Y2lwaGVy', 'dGFn'].join('.');

describe('an opaque access token of Auth0', () => {
  it.each([
    ['32 letters and digits', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345'],
    ['16 characters', 'abcdefghijklmn-_'],
    ['64 characters', 'a'.repeat(64)],
    ['a JWE for the tenant alone', jwe({ alg: 'dir', enc: 'A256GCM', iss: 'https://example.eu.auth0.com/' })],
    ['one with blanks in its header', jwe('{ "alg" : "dir", "enc":"A256GCM" }')],
  ])('is %s', (_name, token) => expect(isOpaqueAccessToken(token)).toBe(true));

  it.each([
    ['nothing', ''],
    ['15 characters', 'a'.repeat(15)],
    ['65 characters', 'a'.repeat(65)],
    ['other characters', 'abcdefgh abcdefgh'],
    ['a line break behind', `${'a'.repeat(32)}\n`],
    ['a JWS', `${encode('{"alg":"dir"}')}..x`],
    ['a JWE with a key', jwe({ alg: 'dir', enc: 'A256GCM' }, 'a2V5')],
    ['a JWE by another algorithm', jwe({ alg: 'RSA-OAEP', enc: 'A256GCM' })],
    ['six segments', `${jwe({ alg: 'dir' })}.x`],
    ['five segments that are nothing', '.....'.slice(0, 4)],
    ['an algorithm outside a header', ['"alg":"dir"', '', 'a', 'b', 'c'].map(encode).join('.')],
  ])('is not %s', (_name, token) => expect(isOpaqueAccessToken(token)).toBe(false));
});
