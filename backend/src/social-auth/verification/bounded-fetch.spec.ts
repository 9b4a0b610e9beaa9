import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { patienceFor } from '../../../test/support/patience';
import { refusalOf } from '../../../test/support/refusal-of';
import { fetchBounded, jsonObjectOf, MAXIMUM_ANSWER_BYTES } from './bounded-fetch';

describe('a request to a provider', () => {
  let server: Server;
  let answer: RequestListener = (_request, response) => response.end();
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys?secret=marker`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('yields status and body, whatever the status', async () => {
    answer = (_request, response) => response.writeHead(404).end('{"not":"found"}');
    expect(await fetchBounded(url)).toMatchObject({ status: 404, body: '{"not":"found"}' });
  });

  it('sends method and headers as they are given', async () => {
    answer = (request, response) => response.end(`${request.method} ${request.headers.authorization}`);
    const init = { method: 'POST', headers: { Authorization: 'Bearer x' } };
    expect((await fetchBounded(url, init)).body).toBe('POST Bearer x');
  });

  it('U4 follows no redirect', async () => {
    answer = (request, response) => {
      if (request.url === '/elsewhere') response.end('followed');
      else response.writeHead(302, { location: '/elsewhere' }).end('here');
    };
    expect(await fetchBounded(url)).toMatchObject({ status: 302, body: 'here' });
  });

  it('U4 reads at most 256 KB', async () => {
    answer = (_request, response) => response.end('x'.repeat(MAXIMUM_ANSWER_BYTES));
    expect((await fetchBounded(url)).body).toHaveLength(MAXIMUM_ANSWER_BYTES);
    answer = (_request, response) => response.end('x'.repeat(MAXIMUM_ANSWER_BYTES + 1));
    expect((await refusalOf(() => fetchBounded(url))).code).toBe('provider_unavailable');
  });

  it('U4 has three seconds for everything, however slowly an answer drips', async () => {
    const timers: NodeJS.Timeout[] = [];
    answer = (_request, response) => {
      response.write('{');
      timers.push(setInterval(() => response.write(' '), 100));
    };
    const started = performance.now();
    expect((await refusalOf(() => fetchBounded(url))).code).toBe('provider_unavailable');
    expect(performance.now() - started).toBeLessThan(patienceFor(3_000));
    timers.forEach(clearInterval);
  });

  it('L1 names the origin alone when nobody answers', async () => {
    answer = (request) => request.socket.destroy();
    const error = await refusalOf(() => fetchBounded(url));
    expect(error.reason).toBe(`${new URL(url).origin} did not answer`);
    expect(error.message).not.toContain('marker');
  });
});

describe('an answer that should be an object', () => {
  it('is one', () => expect(jsonObjectOf({ status: 200, body: '{"keys":[]}' }, 'it')).toEqual({ keys: [] }));

  it.each([
    [201, '{}'],
    [204, ''],
    [304, '{}'],
    [500, '{}'],
    [200, ''],
    [200, '<html>'],
    [200, '[]'],
    [200, 'null'],
    [200, '"keys"'],
    [200, '{"keys":['],
    [200, '\uFEFF{}'],
  ])('is an outage when it is %d %j', async (status, body) => {
    const error = await refusalOf(() => jsonObjectOf({ status, body }, 'the key endpoint'));
    expect(error.code).toBe('provider_unavailable');
    expect(error.reason).toMatch(/^the key endpoint (answered|is not)/);
  });
});
