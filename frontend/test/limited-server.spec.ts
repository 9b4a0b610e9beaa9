import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLimitedServer } from '../server/limited-server.cjs';

const GET = 'GET / HTTP/1.1\r\nHost: site\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 10\r\n\r\nhalf';
const limits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50, maxConnections: 3 };

describe('the limits of the server', () => {
  let server: Server;
  let sockets: Socket[];

  beforeEach(async () => {
    sockets = [];
    server = createLimitedServer(limits);
    server.on('request', (request, response) => request.resume().on('end', () => response.end('served')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });

  const open = async (): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  /** What comes back until the server closes the connection, or until it has served. */
  const answerTo = async (text: string): Promise<string> => {
    const socket = await open();
    let answer = '';
    if (text) socket.write(text);
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      answer += String(chunk);
      if (answer.includes('served')) break;
    }
    return answer;
  };

  it.each([
    ['nothing at all', ''],
    ['half of the headers', 'GET / HTTP/1.1\r\nHost: si'],
    ['half of the body', POST],
  ])('D6 let a sender of %s go', async (_what, text) => {
    expect(await answerTo(text)).not.toContain('served');
  });

  it('D6 turn away no more than what is too many, and make room of idle connections', async () => {
    for (let count = 0; count < limits.maxConnections; count++) expect(await answerTo(GET)).toContain('served');
    expect(await answerTo(GET)).toBe('');
    await sleep(50);
    expect(await answerTo(GET)).toContain('served');
  });

  it('D6 are those of a server on the internet by default', () => {
    const { headersTimeout, requestTimeout, maxConnections } = createLimitedServer();
    expect([headersTimeout, requestTimeout, maxConnections]).toEqual([10_000, 20_000, 2_000]);
  });
});
