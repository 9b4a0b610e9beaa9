import { Redis } from 'ioredis';
import { freePort } from '../../support/free-port';
import type { MachinePrograms } from './machine-programs';
import { ServerProgram } from './server-program';

/** A Redis for all backends, which can go and come back at its address. */
export class RedisForAll {
  private constructor(
    readonly url: string,
    readonly program: ServerProgram,
  ) {}

  static async start({ redis }: MachinePrograms): Promise<RedisForAll> {
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const command = [redis, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const program = new ServerProgram(command, 'TERM', {}, () => ping(url));
    await program.start();
    return new RedisForAll(url, program);
  }

  stop(): Promise<void> {
    return this.program.stop();
  }
}

async function ping(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  await client.connect();
  await client.ping().finally(() => client.disconnect());
}
