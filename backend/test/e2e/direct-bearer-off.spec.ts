import { accessTokenOf, newPerson, stateWith } from '../support/direct-bearer';
import { startTestApp, type TestApp } from '../support/test-app';

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp();
}, 60_000);
afterAll(() => server?.stop());

describe('a server that does not take bearer tokens of the provider, which is the default', () => {
  it.each<[string, () => Promise<string>]>([
    ['a genuine access token', () => accessTokenOf(server, newPerson())],
    ['an expired one', () => accessTokenOf(server, { exp: 1, iat: 0 })],
    ['an ID token', async () => (await server.idp.auth0.issue('ada')).idToken],
    ['an opaque access token', async () => (await server.idp.auth0.issue('ada')).accessToken],
    ['what only looks like a JWT', () => Promise.resolve('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')],
  ])('G7 answers %s as any string that is no token of ours', async (_name, token) => {
    const unknown = await server.api('/accounts/me', { token: 'unknown' });
    const answer = await server.api('/accounts/me', { token: await token() });
    expect([answer.status, answer.text]).toEqual([401, unknown.text]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
  });

  it('G7 asks the provider for nothing, and reads nothing of the token', async () => {
    const before = server.idp.auth0.hits('jwks');
    server.logs.clear();
    expect(await stateWith(server, await accessTokenOf(server, newPerson()))).toBe('401 invalid_token');
    expect(server.idp.auth0.hits('jwks')).toBe(before);
    expect(server.logs.events('direct_bearer')).toEqual([]);
  });
});
