import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisProcess } from '../../test/support/redis-process';
import type { DatabaseServer } from '../servers/database-server';
import type { Issuer } from '../servers/issuer';
import { ServerProcess } from '../servers/server-process';
import { Caller, signIn } from './caller';
import type { Bus } from './revocations-options';

const APP = join(__dirname, '../apps/ours-revocations.js');
const SIGN_INS_AT_A_TIME = 8;
/** A replica that is not warm yet may be late for its own deadlines. */
const PATIENCE = 50;
const PAUSE_MS = 200;

/** What the replicas run on. */
export interface Ground {
  database: DatabaseServer;
  issuer: Issuer;
  /** `undefined`: there is none. */
  redis: RedisProcess | undefined;
}

/** Built replicas on a database of their own, that tell each other of revocations over a bus. */
export class Fleet {
  private constructor(
    readonly callers: readonly Caller[],
    readonly stop: () => Promise<void>,
  ) {}

  static async start(replicas: number, bus: Bus, { database, issuer, redis }: Ground): Promise<Fleet> {
    const { url, drop } = await database.createDatabase();
    const environment = {
      DATABASE_URL: url,
      HMAC_KEY: randomBytes(32).toString('hex'),
      ...issuer.environment,
      BUS: bus,
      ...(redis && { REDIS_URL: redis.url }),
    };
    const processes: ServerProcess[] = [];
    const callers: Caller[] = [];
    const stop = async (): Promise<void> => {
      for (const caller of callers) caller.close();
      await Promise.all(processes.map((one) => one.stop()));
      await drop();
    };
    try {
      // One after the other: the first one migrates.
      while (processes.length < replicas) {
        const started = await ServerProcess.start([process.execPath, APP], environment, 'anywhere');
        processes.push(started);
        callers.push(new Caller(started.ready.port));
      }
    } catch (error) {
      await stop();
      throw error;
    }
    return new Fleet(callers, stop);
  }

  /** The replica whose turn it is. */
  at(index: number): Caller {
    const caller = this.callers[index % this.callers.length];
    if (!caller) throw new Error('There is no replica.');
    return caller;
  }

  /** Signs people in, at each replica in turn, and yields their tokens. */
  async signIn(idTokens: readonly string[]): Promise<string[]> {
    const tokens: string[] = [];
    let next = 0;
    const signInMore = async (): Promise<void> => {
      for (let index = next++; index < idTokens.length; index = next++) {
        tokens[index] = await this.tokenOf(index, idTokens[index] ?? '');
      }
    };
    await Promise.all(Array.from({ length: SIGN_INS_AT_A_TIME }, signInMore));
    return tokens;
  }

  private async tokenOf(index: number, idToken: string): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const { status, text } = await this.at(index).ask(signIn(idToken));
      if (status === 200) return (JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { token: string }).token;
      if (status !== 503 || attempt === PATIENCE) throw new Error(`A sign-in was answered with:\n${text}`);
      await pause(PAUSE_MS);
    }
  }
}
