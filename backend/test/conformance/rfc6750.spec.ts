import type { ApiAnswer } from '../support/api-client';
import { RawConnection } from '../support/raw-http';
import { startTestApp, type TestApp } from '../support/test-app';

/** RFC 6750, The OAuth 2.0 Bearer Token Usage, against the guard; each test is named by its section. */
describe('RFC 6750', () => {
  let server: TestApp;
  let token: string;

  beforeAll(async () => {
    server = await startTestApp();
    ({ token } = await server.signIn('google', 'ada'));
  }, 60_000);
  afterAll(() => server?.stop());

  const get = (authorization: string | undefined, path = '/accounts/me'): Promise<ApiAnswer> =>
    server.api(path, { headers: authorization === undefined ? {} : { authorization } });
  const challengeOf = ({ headers }: ApiAnswer): string | null => headers.get('www-authenticate');
  const verdict = async (authorization: string | undefined): Promise<string> => {
    const answer = await get(authorization);
    return answer.status === 200 ? '200' : `${answer.status} ${answer.body.code} | ${challengeOf(answer)}`;
  };

  const NO_CREDENTIALS = '401 authentication_required | Bearer realm="api"';
  const MALFORMED = '400 invalid_request | Bearer realm="api", error="invalid_request"';
  const REFUSED = '401 invalid_token | Bearer realm="api", error="invalid_token"';

  describe('2.1 the Authorization request header field', () => {
    it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('carries the token under the scheme %s', async (scheme) => {
      expect(await verdict(`${scheme} ${token}`)).toBe('200');
    });

    it('may have more than one blank between scheme and token (RFC 7235 2.1: 1*SP)', async () => {
      expect(await verdict(`Bearer   ${token}`)).toBe('200');
    });

    it.each([
      ['no token', 'Bearer'],
      ['two tokens', 'Bearer aaaa bbbb'],
      ['a comma', 'Bearer aaaa,bbbb'],
      ['a parameter', 'Bearer token="aaaa"'],
      ['characters that no b64token has', 'Bearer aa{}aa'],
      ['padding in front', 'Bearer =aaaa'],
      ['padding within', 'Bearer aa=aa'],
    ])('is malformed with %s', async (_name, authorization) => {
      expect(await verdict(authorization)).toBe(MALFORMED);
    });

    it.each(['aaaa', 'a.b-c_d~e+f/g', 'aaaa==', 'a'.repeat(4_000)])(
      'has a b64token that is well formed, and then is simply not valid: %s',
      async (text) => expect(await verdict(`Bearer ${text}`)).toBe(REFUSED),
    );
  });

  describe('2.2 and 2.3 the other methods, which a server need not support', () => {
    it('does not take a token from a form-encoded body', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { status } = await server.api('/notes', { json: `access_token=${token}&text=x`, headers });
      expect([401, 415]).toContain(status);
    });

    it('does not take a token from the query', async () => {
      const answer = await get(undefined, `/accounts/me?access_token=${token}`);
      expect([answer.status, answer.body.code]).toEqual([401, 'authentication_required']);
    });

    it('is not disturbed by a parameter of that name beside the header', async () => {
      expect((await get(`Bearer ${token}`, '/accounts/me?access_token=junk')).status).toBe(200);
    });
  });

  describe('3 the WWW-Authenticate response header field', () => {
    it('is included when the request has no credentials', async () =>
      expect(await verdict(undefined)).toBe(NO_CREDENTIALS));

    it.each(['Basic YWRhOnB3', 'Digest username="ada"', 'Negotiate abc', 'Token aaaa', 'Bearerx aaaa', 'x'])(
      'is included when the scheme is another one: %s',
      async (authorization) => expect(await verdict(authorization)).toBe(NO_CREDENTIALS),
    );

    it('names the scheme Bearer, one realm, and each attribute at most once', async () => {
      for (const authorization of [undefined, 'Bearer', `Bearer ${token}x`]) {
        const challenge = challengeOf(await get(authorization)) ?? '';
        const names = [...challenge.matchAll(/([a-z_]+)="/g)].map(([, name]) => name);
        expect(challenge).toMatch(/^Bearer realm="[^"\\]+"(, [a-z_]+="[^"\\]+")*$/);
        expect(new Set(names).size).toBe(names.length);
      }
    });

    it('has attributes of the permitted characters only, whatever was sent', async () => {
      const challenge = challengeOf(await get('Bearer %22,error="x"\\')) ?? '';
      expect(challenge).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e"]*$/);
      expect(challenge).not.toContain('%22');
    });
  });

  describe('3.1 error codes', () => {
    it('has no error code when the request lacks any authentication information', async () => {
      const answer = await get(undefined);
      expect(challengeOf(answer)).not.toContain('error');
      expect(answer.text).not.toContain('"error"');
    });

    it('invalid_request is 400: the token is sent in more than one way', async () => {
      const connection = await RawConnection.open(server.url);
      const lines = ['GET /accounts/me HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`];
      connection.send(...lines, `Authorization: Bearer ${token}`, 'Connection: close', '', '');
      await connection.closed();
      expect(connection.statuses).toEqual([400]);
      expect(connection.received).toMatch(/www-authenticate: Bearer realm="api", error="invalid_request"/i);
    });

    it('invalid_token is 401: malformed, unknown and revoked tokens, all alike', async () => {
      const { token: ended } = await server.signIn('google', 'ada');
      await server.api('/auth/logout', { method: 'POST', token: ended });
      const last = token.endsWith('a') ? 'b' : 'a';
      const answers = await Promise.all([
        get(`Bearer ${ended}`),
        get(`Bearer ${token.slice(0, -1)}${last}`),
        get('Bearer x'),
      ]);
      const seen = answers.map((answer) => `${answer.status} ${challengeOf(answer)} ${answer.text}`);
      expect(new Set(seen).size).toBe(1);
      expect(await verdict(`Bearer ${ended}`)).toBe(REFUSED);
    });

    it('insufficient_scope is 403, and names the scope where a handler names one', async () => {
      const { token: scoped } = await server.signIn('google', 'ada');
      await server.dataSource.query(`update social_auth_token set scopes = '{notes:read}'
        where id = (select id from social_auth_token order by created_at desc limit 1)`);
      const challenge = 'Bearer realm="api", error="insufficient_scope"';
      for (const [path, expected] of [
        ['/accounts/me', `${challenge}, scope="account:read"`],
        ['/auth/sessions', challenge],
      ] as const) {
        const answer = await server.api(path, { token: scoped });
        expect([path, answer.status, answer.body.code, challengeOf(answer)]).toEqual([
          path,
          403,
          'insufficient_scope',
          expected,
        ]);
      }
    });
  });

  describe('5.3 safeguards', () => {
    it('the answer that carries the token may not be stored (RFC 6749 5.1)', async () => {
      const { headers } = await server.postIdToken('google', 'ada');
      expect(headers.get('cache-control')).toBe('no-store');
    });

    it('bearer tokens never stand in a cookie or an address', async () => {
      const { headers, body } = await server.postIdToken('google', 'ada');
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('location')).toBeNull();
      expect(body.token_type).toBe('Bearer');
    });
  });
});

describe('RFC 6750 3 with two accepted schemes', () => {
  it('challenges by both, Bearer first', async () => {
    const server = await startTestApp({ settings: { TOKEN_AUTH_SCHEMES: 'Bearer,Token' } });
    const { headers } = await server.api('/accounts/me', { token: 'junk' });
    expect(headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="invalid_token", Token realm="api", error="invalid_token"',
    );
    await server.stop();
  }, 60_000);
});
