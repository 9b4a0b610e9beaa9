import { once } from 'node:events';
import { AddressInfo, createServer, Server } from 'node:net';
import { patienceFor } from '../../test/support/patience';
import { EmbeddedDatabase } from '../embedded-database';
import { checkDatabase } from './database-check';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

it('is content with a database that answers', async () => {
  const database = await EmbeddedDatabase.start();
  try {
    await expect(checkDatabase(database.url)).resolves.toBeUndefined();
  } finally {
    await database.stop();
  }
});

it('says that nobody listens, and what to do', async () => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await expect(checkDatabase(`postgres://app:secret@127.0.0.1:${port}/app`)).rejects.toThrow(
    'DATABASE_URL: the database cannot be reached (ECONNREFUSED). ' +
      'Start it, mend the address, or take it out for the embedded database.',
  );
});

it('gives up after a moment where nobody answers', async () => {
  const server = createServer();
  const port = await listen(server);
  const start = performance.now();
  await expect(checkDatabase(`postgres://127.0.0.1:${port}/app`)).rejects.toThrow('cannot be reached (timeout');
  expect(performance.now() - start).toBeLessThan(patienceFor(3_000));
  server.close();
});

it('repeats what the server refuses, without the password', async () => {
  const server = createServer((socket) => {
    const fields = 'SFATAL\0VFATAL\0C3D000\0Mdatabase "nowhere" does not exist\0\0';
    const head = Buffer.alloc(5);
    head.write('E');
    head.writeInt32BE(fields.length + 4, 1);
    socket.once('data', () => socket.end(Buffer.concat([head, Buffer.from(fields)])));
  });
  const port = await listen(server);
  await expect(checkDatabase(`postgres://app:secret@127.0.0.1:${port}/nowhere`)).rejects.toThrow(
    'DATABASE_URL: the database refused (database "nowhere" does not exist). Mend the address',
  );
  server.close();
});

it('names the variable when the address is none', async () => {
  await expect(checkDatabase('nonsense')).rejects.toThrow('DATABASE_URL');
});
