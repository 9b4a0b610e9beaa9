import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eventually } from '../support/eventually';
import { RawConnection, sendRaw } from '../support/raw-http';
import { startTestApp, type TestApp } from '../support/test-app';

const HOST = 'Host: localhost';
const CLOSE = 'Connection: close';

describe('requests below the level of HTTP libraries', () => {
  let server: TestApp;
  let token: string;

  beforeAll(async () => {
    server = await startTestApp();
    ({ token } = await server.signIn('google', 'ada'));
  });
  afterAll(() => server?.stop());

  const get = async (target: string, ...headers: string[]) => {
    const answer = await sendRaw(server.url, `GET ${target} HTTP/1.1`, HOST, CLOSE, ...headers, '', '');
    return { status: answer.statuses[0], text: answer.received };
  };

  describe('H9 smuggling', () => {
    const smuggled = ['GET /accounts/me HTTP/1.1', HOST, '', ''];

    it.each([
      ['both lengths', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
      ['both lengths, the other way round', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
      ['two lengths', ['Content-Length: 0', 'Content-Length: 44']],
      ['a list of lengths', ['Content-Length: 0, 44']],
      ['a signed length', ['Content-Length: +0']],
      ['a negative length', ['Content-Length: -1']],
      ['a hexadecimal length', ['Content-Length: 0x2']],
      ['an unknown transfer coding', ['Transfer-Encoding: xchunked']],
      ['chunked not last', ['Transfer-Encoding: chunked, identity']],
      ['a transfer coding in odd letters', ['Transfer-Encoding: \x0bchunked']],
      ['a space before the colon', ['Transfer-Encoding : chunked']],
      ['a folded header', ['X-Folded: a', ' Transfer-Encoding: chunked']],
      ['a bare line feed', ['X-Line: a\nTransfer-Encoding: chunked']],
      ['NUL in a header', ['X-Nul: a\0b']],
    ])('refuses %s and closes the connection', async (_, headers) => {
      const request = ['POST /auth/google HTTP/1.1', HOST, 'Content-Type: application/json', ...headers, ''];
      const answer = await sendRaw(server.url, ...request, '0', '', ...smuggled);
      expect(answer.statuses).toEqual([400]);
      expect(answer.received).toContain('application/problem+json');
      expect(answer.received).toMatch(/connection: close/i);
    });

    it('refuses a chunk whose size lies', async () => {
      const request = [
        'POST /auth/google HTTP/1.1',
        HOST,
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
      ];
      const answer = await sendRaw(server.url, ...request, '', 'ZZ', '{}', '0', '', '');
      expect(answer.statuses).toEqual([400]);
    });
  });

  it('answers headers of more than 16 KiB with 431', async () => {
    expect((await get('/accounts/me', `X-Large: ${'x'.repeat(20_000)}`)).status).toBe(431);
  });

  describe('H7 methods', () => {
    it.each([
      ['TRACE', '/accounts/me', 405],
      ['TRACE', '/nope', 404],
      ['PROPFIND', '/accounts/me', 405],
      ['QUERY', '/notes', 405],
      ['PURGE', '/nope', 404],
    ])('%s %s is answered %d and echoes nothing', async (method, path, status) => {
      const secret = 'X-Echo: marker-of-trace';
      const answer = await sendRaw(server.url, `${method} ${path} HTTP/1.1`, HOST, CLOSE, secret, '', '');
      expect(answer.statuses).toEqual([status]);
      expect(answer.received).not.toContain('marker-of-trace');
    });

    it.each(['get', 'FOO', 'G ET', 'GET\0'])('refuses the method %j', async (method) => {
      const answer = await sendRaw(server.url, `${method} /accounts/me HTTP/1.1`, HOST, CLOSE, '', '');
      expect(answer.statuses).toEqual([400]);
    });

    it('closes the connection of CONNECT', async () => {
      const answer = await sendRaw(server.url, 'CONNECT example.com:443 HTTP/1.1', HOST, '', '');
      expect(answer.statuses).toEqual([]);
    });

    it.each(['X-HTTP-Method-Override: DELETE', 'X-Method-Override: DELETE', 'X-HTTP-Method: DELETE'])(
      'G5 %s changes nothing',
      async (header) => {
        const { body } = await server.api('/notes', { token, json: { text: 'stays' } });
        const answer = await get(`/notes/${body.id}?_method=DELETE`, header, `Authorization: Bearer ${token}`);
        expect(answer.status).toBe(405);
        expect((await server.api('/notes', { token })).text).toContain(body.id);
      },
    );
  });

  describe('G5 paths', () => {
    const tricks = [
      '/ACCOUNTS/ME',
      '/accounts/me/',
      '//accounts/me',
      '/accounts//me',
      '/accounts/./me',
      '/accounts/x/../me',
      '/x/../accounts/me',
      '/accounts%2fme',
      '/accounts%2Fme',
      '/accounts%5cme',
      '/accounts;x/me',
      '/accounts/me;x',
      '/accounts/me;.css',
      '/accounts/me%00',
      '/accounts/me%20',
      '/accounts/me.json',
      '/accounts/me%2e',
      '/accounts/%6de%00',
      '/accounts/me\\',
      '*accounts/me',
    ];

    it.each(tricks)('%s reaches no handler, with or without a token', async (target) => {
      const anonymous = await get(target);
      const known = await get(target, `Authorization: Bearer ${token}`);
      for (const answer of [anonymous, known]) {
        expect([400, 401, 404]).toContain(answer.status);
        expect(answer.text).not.toContain('ada.winter');
      }
    });

    it.each(['/accounts/%6de', '/accounts/me?x=1', 'http://localhost/accounts/me', 'http://evil.test/accounts/me'])(
      '%s is another spelling of the same, and as well guarded',
      async (target) => {
        expect((await get(target)).status).toBe(401);
        expect((await get(target, `Authorization: Bearer ${token}`)).status).toBe(200);
      },
    );

    it.each(['/health/live/../../accounts/me', '/auth/google/../../accounts/me', '/docs/../accounts/me'])(
      '%s does not pass by a public route',
      async (target) => {
        const answer = await get(target);
        expect([400, 401, 403, 404]).toContain(answer.status);
        expect(answer.text).not.toContain('ada.winter');
      },
    );

    it('refuses NUL in the target', async () => {
      expect((await get('/accounts/me\0')).status).toBe(400);
    });
  });

  it('D6 limits connections and the time of every part of a request', () => {
    const { maxConnections, headersTimeout, requestTimeout, timeout, keepAliveTimeout } = server.app.getHttpServer();
    expect({ maxConnections, headersTimeout, requestTimeout, timeout, keepAliveTimeout }).toEqual({
      maxConnections: 2000,
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      timeout: 60_000,
      keepAliveTimeout: 65_000,
    });
  });

  describe('D6 where as many connections are open as are taken', () => {
    const MOST = 5;
    const open: RawConnection[] = [];

    beforeEach(() => (server.app.getHttpServer().maxConnections = MOST));
    afterEach(async () => {
      server.app.getHttpServer().maxConnections = 2000;
      open.forEach((connection) => connection.destroy());
      await Promise.all(open.splice(0).map((connection) => connection.closed()));
    });

    /** Asks on connections of its own, as a client does that comes again after a refusal. */
    const ask = () => eventually(async () => expect((await get('/health/live')).status).toBe(200), 20_000);
    const fill = async (...lines: string[]): Promise<void> => {
      // Connections that the tests before have left behind.
      const http = server.app.getHttpServer();
      http.closeIdleConnections();
      const count = promisify<number>((told) => http.getConnections(told));
      await eventually(async () => expect(await count()).toBe(0));
      for (let i = 0; i < MOST; i++) {
        const connection = await RawConnection.open(server.url);
        connection.send(...lines);
        open.push(connection);
      }
    };

    it('those that a client keeps for later make room', async () => {
      await fill('GET /health/live HTTP/1.1', HOST, '', '');
      await eventually(() => expect(open.map(({ statuses }) => statuses)).toEqual(open.map(() => [200])));
      // Long before they would have been closed for lying idle.
      await ask();
    });

    it('those with a request in flight do not', async () => {
      const body = JSON.stringify({ text: 'late' });
      const head = ['POST /notes HTTP/1.1', HOST, `Authorization: Bearer ${token}`, 'Content-Type: application/json'];
      await fill(...head, `Content-Length: ${body.length}`, '', '');
      await expect(get('/health/live')).resolves.toMatchObject({ status: undefined });
      open.forEach((connection) => connection.send(body));
      await eventually(() => expect(open.map(({ statuses }) => statuses)).toEqual(open.map(() => [201])));
      await ask();
    });
  });

  it('D6 stays available under 300 connections that send their headers slowly', async () => {
    // Nobody wants to wait for ten seconds.
    server.app.getHttpServer().headersTimeout = 2000;
    const slow = await Promise.all(Array.from({ length: 300 }, () => RawConnection.open(server.url)));
    for (const connection of slow) connection.send('GET /accounts/me HTTP/1.1', HOST, 'X-Slow: ');
    const drip = setInterval(() => slow.forEach((connection) => connection.socket.write('x')), 250);
    try {
      for (let round = 0; round < 4; round++) {
        expect((await server.api('/accounts/me', { token })).status).toBe(200);
        await sleep(250);
      }
      const ends = await Promise.all(slow.map((connection) => connection.closed(15_000)));
      expect(ends.every(Boolean)).toBe(true);
      expect(slow[0]?.statuses).toEqual([408]);
    } finally {
      clearInterval(drip);
      slow.forEach((connection) => connection.destroy());
    }
  });

  it('D6 ends a request whose body never comes', async () => {
    server.app.getHttpServer().requestTimeout = 2000;
    const connection = await RawConnection.open(server.url);
    const head = ['POST /auth/google HTTP/1.1', HOST, 'Content-Type: application/json', 'Content-Length: 100', '', '{'];
    connection.send(...head);
    expect(await connection.closed(10_000)).toBe(true);
    expect(connection.statuses).toEqual([408]);
  });
});
