import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A port of the loopback address that nobody listened on a moment ago. */
export const freePort = (): Promise<number> => tryPort(0);

/** One that the system hands out to nobody while the server that belongs there is away. */
export async function freeLastingPort(): Promise<number> {
  for (;;) {
    try {
      return await tryPort(randomInt(20_000, 30_000));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

async function tryPort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
