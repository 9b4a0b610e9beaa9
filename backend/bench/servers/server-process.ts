import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSecondsOf } from '../measure/process-cpu';
import { pinned, type Command, type Place } from './cores';

/** Some make 64 people with their passwords hashed before they are ready. */
const START_MS = 180_000;
const STOP_MS = 5_000;

/** What an application says once it can be reached. */
export interface Ready {
  port: number;
  /** Headers of each client that it has prepared. */
  clients: readonly Record<string, string>[];
}

/** A server under measurement, alone on its core unless that is not what is measured. */
export class ServerProcess {
  private constructor(
    private readonly process: ChildProcess,
    readonly ready: Ready,
  ) {}

  static async start(
    command: Command,
    environment: Record<string, string>,
    place: Place | 'anywhere' = 'server',
  ): Promise<ServerProcess> {
    const [program, ...parameters] = pinned(place, command);
    const child = spawn(program, parameters, {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const ready = await readyOf(child);
      await untilReachable(ready.port);
      return new ServerProcess(child, ready);
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** What it and its children have spent on the processor so far. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.pid);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  }
}

async function readyOf(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('The server has no output.');
  const abort = AbortSignal.timeout(START_MS);
  const lines = createInterface({ input: child.stdout, signal: abort });
  for await (const line of lines) {
    if (!line.startsWith('READY ')) continue;
    child.stdout.resume();
    return JSON.parse(line.slice('READY '.length)) as Ready;
  }
  throw new Error('The server did not start.');
}

/** A server of several processes may say that it is ready a moment before it listens. */
async function untilReachable(port: number): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' });
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(100);
    } finally {
      socket.destroy();
    }
  }
}
