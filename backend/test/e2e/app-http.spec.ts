import { gzipSync } from 'node:zlib';
import { startTestApp, type TestApp } from '../support/test-app';

const SIGN_IN_ROUTES = ['/auth/google', '/auth/auth0'];
const PROBLEM = 'application/problem+json; charset=utf-8';

describe('the HTTP surface', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ settings: { CORS_ORIGINS: 'https://www.example.com,http://localhost:3000' } });
  });
  afterAll(() => server?.stop());

  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
    const response = await fetch(server.url + path, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  describe.each(SIGN_IN_ROUTES)('%s', (route) => {
    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'application/jsonp',
      'application/problem+json',
      'nonsense',
    ])('H1 refuses a body of type %s with 415', async (type) => {
      const answer = await post(route, '{"id_token":"x"}', { 'content-type': type });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([415, PROBLEM]);
    });

    it('H1 refuses a body without a type', async () => {
      const answer = await post(route, new TextEncoder().encode('{"id_token":"x"}'), {});
      expect(answer.status).toBe(415);
    });

    it('H1 takes JSON with a parameter, in any case', async () => {
      const answer = await post(route, '{"id_token":"x"}', { 'content-type': 'Application/JSON; charset=utf-8' });
      expect(answer.status).toBe(401);
    });

    it('H2 refuses a body of more than 32 KiB with 413', async () => {
      const answer = await post(route, JSON.stringify({ id_token: 'x'.repeat(33_000) }), {
        'content-type': 'application/json',
      });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([413, expect.objectContaining({ status: 413 })]);
    });

    it.each([1_000_000, 5_000_000])('V16 answers a body of %d bytes with 413', async (length) => {
      const answer = await post(route, 'x'.repeat(length), { 'content-type': 'application/json' }).catch(() => ({
        status: 413, // The server closed the connection before all was sent.
      }));
      expect(answer.status).toBe(413);
    });

    it.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'GZIP'])(
      'H2 refuses the content encoding %s with 415 before reading',
      async (encoding) => {
        const bomb = new Uint8Array(gzipSync(Buffer.alloc(10_000_000)));
        const answer = await post(route, bomb.slice(0, 20_000), {
          'content-type': 'application/json',
          'content-encoding': encoding,
        });
        expect(answer.status).toBe(415);
      },
    );

    it.each([
      '{"__proto__":{"polluted":true},"id_token":"x"}',
      '{"constructor":{"prototype":{"polluted":true}},"id_token":"x"}',
      '{"id_token":{"__proto__":{"polluted":true}}}',
      '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true},"id_token":"x"}',
      '{"unknown":1,"id_token":"x"}',
      '{"id_token":',
      '{"id_token":"x"}}',
      "{'id_token':'x'}",
      'NaN',
      '"text"',
      '[]',
      'null',
      '1e999',
      '\u0000',
      '\uFEFF{"id_token":"x"',
      '',
    ])('H3 answers the body %j with 400 and a message of its own', async (body) => {
      const answer = await post(route, body, { 'content-type': 'application/json' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, PROBLEM]);
      expect(answer.text).not.toMatch(/unexpected|JSON\.parse|SyntaxError|token .* in JSON|position/i);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it.each([
      ['lists', '['.repeat(15_000) + ']'.repeat(15_000)],
      ['objects', '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)],
      ['lists in a field', `{"id_token":${'['.repeat(15_000)}${']'.repeat(15_000)}}`],
    ])('D7 survives deeply nested %s', async (_, body) => {
      const answer = await post(route, body, { 'content-type': 'application/json' });
      expect(answer.status).toBe(400);
      expect((await server.api('/health/live')).status).toBe(200);
    });
  });

  it('takes the type on a call without a body, as clients send it on every call', async () => {
    const { token } = await server.signIn('google', 'ada');
    const headers = { 'content-type': 'application/json' };
    expect((await server.api('/accounts/me', { token, headers })).status).toBe(200);
    expect((await server.api('/auth/logout', { method: 'POST', token, headers })).status).toBe(204);
  });

  it.each([
    ['/nope', 'GET', 404],
    ['/notes', 'GET', 401],
    ['/notes', 'PUT', 405],
    ['/auth/google', 'GET', 405],
    ['/auth/google', 'POST', 415],
    ['/%zz', 'GET', 400],
  ])('H4 answers %s %s with one JSON shape that gives nothing away', async (path, method, status) => {
    const response = await fetch(server.url + path, { method, ...(method === 'POST' && { body: 'x' }) });
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['type', 'title', 'status', 'code', 'detail']);
    expect(text).not.toMatch(/node_modules|\.[jt]s|select |fastify|nest(?!-token-exchange)|zz|nope/i);
  });

  describe('H5 cross-origin requests', () => {
    const ask = (origin: string, method = 'GET') =>
      fetch(`${server.url}/accounts/me`, {
        method,
        headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'GET' }) },
      });

    it.each(['https://www.example.com', 'http://localhost:3000'])('allow the listed origin %s', async (origin) => {
      const answer = await ask(origin, 'OPTIONS');
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
      expect((await ask(origin)).headers.get('access-control-allow-origin')).toBe(origin);
    });

    it.each([
      'null',
      'https://example.com',
      'https://evil.www.example.com',
      'https://www.example.com.evil.test',
      'https://wwwxexample.com',
      'http://www.example.com',
      'https://www.example.com:8443',
      'https://WWW.example.com',
      'http://localhost:3001',
    ])('do not allow %s', async (origin) => {
      for (const method of ['OPTIONS', 'GET']) {
        const { headers } = await ask(origin, method);
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('access-control-allow-credentials')).toBeNull();
        expect(headers.get('vary')).toMatch(/origin/i);
      }
    });

    it('never come with credentials', async () => {
      const answer = await ask('https://www.example.com', 'OPTIONS');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    });
  });

  it.each(['/health/live', '/nope', '/notes', '/docs', '/auth/google'])('H6 hardens the answer at %s', async (path) => {
    const { headers } = await server.api(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('H6 forbids storing what a sign-in and an account answer', async () => {
    const signIn = await server.postIdToken('google', 'ada');
    const account = await server.api('/accounts/me', { token: signIn.body.token });
    const refusal = await server.api('/auth/google', { json: { id_token: 'x' } });
    for (const { headers } of [signIn, account, refusal]) expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['/accounts/me', 'DELETE, GET, HEAD'],
    ['/auth/google', 'POST'],
    ['/notes', 'GET, HEAD, POST'],
    ['/notes/1', 'DELETE'],
  ])('H7 answers unknown methods at %s with 405 and Allow: %s', async (path, allowed) => {
    for (const method of ['PUT', 'PATCH']) {
      const answer = await server.api(path, { method });
      expect([answer.status, answer.headers.get('allow'), answer.body.code]).toEqual([
        405,
        allowed,
        'method_not_allowed',
      ]);
    }
  });

  it('gives every answer the id of its request: a sane one that came with it, else a new one', async () => {
    const idFor = async (id: string) =>
      (await server.api('/health/live', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idFor('abc_DEF-123')).toBe('abc_DEF-123');
    for (const id of ['with space', 'x'.repeat(65), 'a"b', '{}', 'ä'])
      expect(await idFor(id)).toMatch(/^[\da-f-]{36}$/);
    expect((await server.api('/nope', { headers: { 'x-request-id': 'gone' } })).headers.get('x-request-id')).toBe(
      'gone',
    );
    expect((await server.api('/%zz', { headers: { 'x-request-id': 'bad' } })).headers.get('x-request-id')).toBe('bad');
  });
});
