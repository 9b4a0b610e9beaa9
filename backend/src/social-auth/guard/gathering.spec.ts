import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Gathering } from './gathering';

describe('a gathering', () => {
  const server = createServer();

  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => {
    server.close();
  });

  it('is one for all who come in the same turn of the event loop', () => {
    const gathering = new Gathering();
    expect(gathering.join()).toBe(gathering.join());
  });

  it('begins anew once it has gone on', async () => {
    const gathering = new Gathering();
    const first = gathering.join();
    await first;
    const second = gathering.join();
    expect(second).not.toBe(first);
    await second;
  });

  it('goes on once everything that was readable is read', async () => {
    const gathering = new Gathering();
    const told: string[] = [];
    const allWentOn = new Promise<void>((resolve) => {
      server.on('connection', (socket) => {
        socket.once('data', () => {
          told.push('read');
          void gathering.join().then(() => told.push('went on') === 6 && resolve());
        });
      });
    });
    const clients: Socket[] = [];
    for (let client = 0; client < 3; client += 1) {
      const accepted = once(server, 'connection');
      clients.push(connect((server.address() as AddressInfo).port, '127.0.0.1'));
      await accepted;
    }
    // All of them before the loop reads again.
    for (const client of clients) client.write('a request');
    await allWentOn;
    for (const client of clients) client.destroy();
    expect(told).toEqual(['read', 'read', 'read', 'went on', 'went on', 'went on']);
  });

  it('goes on for a host whose tests fake the timers', async () => {
    jest.useFakeTimers();
    try {
      await new Gathering().join();
    } finally {
      jest.useRealTimers();
    }
  });
});
