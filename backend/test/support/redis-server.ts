import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { TetheredProcess } from './tethered-process';

/** A real Redis server: the one at `TEST_REDIS_URL`, or a temporary one of an installed `redis-server`. */
export class RedisServer {
  private constructor(
    readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** Whether {@link start} can work here. */
  static isAvailable(): boolean {
    return Boolean(process.env.TEST_REDIS_URL) || findProgram() !== undefined;
  }

  static async start(): Promise<RedisServer> {
    const given = process.env.TEST_REDIS_URL;
    if (given) return new RedisServer(given, () => Promise.resolve());
    const program = findProgram();
    if (!program) throw new Error('No Redis server: set TEST_REDIS_URL or install redis-server.');
    const port = await freePort();
    const command = [program, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = TetheredProcess.start(command, 'TERM');
    const server = new RedisServer(`redis://127.0.0.1:${port}`, () => child.stop());
    await eventually(() => server.ping(), 10_000);
    return server;
  }

  get port(): number {
    return Number(new URL(this.url).port || 6379);
  }

  get host(): string {
    return new URL(this.url).hostname;
  }

  async stop(): Promise<void> {
    await this.end();
  }

  private async ping(): Promise<void> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    await client.connect();
    await client.ping().finally(() => client.disconnect());
  }
}

function findProgram(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'redis-server'));
  return paths.find((path) => existsSync(path));
}
