import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pinned, type Command } from '../servers/cores';
import type { IdleGroup } from '../servers/idle-group';
import type { LoadOrder, LoadReply, LoadResult, LoadShape } from './load-messages';

/** The process that sends requests, on a core that it does not share with the server. */
export class LoadGenerator {
  private readonly gone = new AbortController();

  private constructor(private readonly process: ChildProcess) {
    process.once('exit', () => this.gone.abort(new Error('The load process ended.')));
  }

  /** @param idle for a load that never sleeps: it leaves the core to whoever answers it. */
  static start(idle?: IdleGroup): LoadGenerator {
    const load: Command = [process.execPath, join(__dirname, 'load-process.js')];
    const [command, ...parameters] = pinned('load', idle?.holding(load) ?? load);
    return new LoadGenerator(spawn(command, parameters, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  async open(target: string, port: number, shape: LoadShape, requests: readonly string[]): Promise<void> {
    await this.order({ kind: 'open', target, port, shape, requests });
  }

  /** Sends every request of a target once. */
  async pass(target: string): Promise<void> {
    await this.order({ kind: 'pass', target });
  }

  /** Drives a target as fast as it answers. */
  async run(target: string, milliseconds: number): Promise<LoadResult> {
    const result = await this.order({ kind: 'run', target, milliseconds });
    if (!result) throw new Error('The load process said nothing.');
    return result;
  }

  async close(target: string): Promise<void> {
    if (!this.gone.signal.aborted) await this.order({ kind: 'close', target });
  }

  stop(): void {
    if (this.process.connected) this.process.disconnect();
  }

  private async order(order: LoadOrder): Promise<LoadResult | undefined> {
    this.gone.signal.throwIfAborted();
    this.process.send(order);
    const [reply] = (await once(this.process, 'message', { signal: this.gone.signal })) as [LoadReply];
    if (reply.kind === 'failed') throw new Error(reply.message);
    return reply.result;
  }
}
