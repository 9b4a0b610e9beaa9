import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually';
import { freeLastingPort } from './free-port';
import { TetheredProcess } from './tethered-process';

const START_MS = 10_000;

/** What it writes once it has the port, behind its own id: whoever else has the port does not write here. */
const HAS_THE_PORT = /^(\d+):\S .*ready to accept connections/im;

/** A process of an installed `redis-server` that is nobody else's: it can be killed, and started again where it was. */
export class RedisProcess {
  private child: TetheredProcess | undefined;
  private frozen: number | undefined;

  private constructor(
    private readonly program: string,
    readonly port: number,
  ) {}

  /** Whether {@link start} can work here. */
  static isAvailable(): boolean {
    return findProgram() !== undefined;
  }

  static async start(): Promise<RedisProcess> {
    const program = findProgram();
    if (!program) throw new Error('No redis-server: install it.');
    const redis = new RedisProcess(program, await freeLastingPort());
    await redis.startAgain();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it where it was, and empty; one that runs goes on. */
  async startAgain(): Promise<void> {
    if (this.child) return;
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = TetheredProcess.start([this.program, ...settings], 'KILL');
    await eventually(() => this.processId(), START_MS);
  }

  /** Ends it as the system does where memory is short: it can tell nobody. */
  async kill(): Promise<void> {
    this.frozen = undefined;
    await this.child?.stop();
    this.child = undefined;
  }

  /** Stops it where it is: its connections stand, and nobody answers. */
  async freeze(): Promise<void> {
    this.frozen = await this.processId();
    process.kill(this.frozen, 'SIGSTOP');
  }

  /** Lets it go on, if it was stopped. */
  thaw(): void {
    if (this.frozen !== undefined) process.kill(this.frozen, 'SIGCONT');
    this.frozen = undefined;
  }

  /** It keeps nothing, so that there is nothing to save. */
  stop(): Promise<void> {
    return this.kill();
  }

  /** The version of the program. */
  async version(): Promise<string> {
    return (await this.told('redis_version')) ?? '';
  }

  /** Of the process that we have started and that answers: a stranger who has taken the port is left alone. */
  private async processId(): Promise<number> {
    const id = HAS_THE_PORT.exec(this.child?.output ?? '')?.[1];
    if (id === undefined) throw new Error(`Redis does not have the port ${this.port}:\n${this.child?.output}`);
    const answers = await this.told('process_id');
    if (answers !== id) throw new Error(`At port ${this.port} the process ${answers} answers, and not ours, ${id}.`);
    return Number(id);
  }

  /** What it says of itself. */
  private async told(name: string): Promise<string | undefined> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    await client.connect();
    const told = await client.info('server').finally(() => client.disconnect());
    return new RegExp(`^${name}:(\\S+)`, 'm').exec(told)?.[1];
  }
}

function findProgram(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'redis-server'));
  return paths.find((path) => existsSync(path));
}
