import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { EXPECTED_PARENT, ORDER } from './child-environment';
import type { Announcement } from './forked-service';

/** What to run, and what becomes of its output. */
export interface NodeProcessOptions {
  /** What it is called in messages. */
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What a forked service is to do. */
  readonly order?: object;
  /** Receives each line of its standard output. Default: dropped. */
  readonly onOutput?: (line: string) => void;
  /** Receives each line of its standard error. Default: kept back, the last ones for the reason of a failure. */
  readonly onError?: (line: string) => void;
}

const LAST_WORDS = 12;
const GRACE_MILLISECONDS = 12_000;

/** Seen from the sources, as under Jest, a child compiles what it loads; a build runs as it is. */
function loaders(): string[] {
  const extension = extname(__filename);
  const compile = extension === '.ts' ? ['--require', require.resolve('esbuild-register')] : [];
  return [...compile, '--require', join(__dirname, `end-with-parent${extension}`)];
}

/** A Node program as a child process, which ends when this process ends, in whatever way. */
export class NodeProcess {
  private static readonly started: NodeProcess[] = [];

  /** Fulfilled with a phrase on how it ended; never rejected. */
  readonly ended: Promise<string>;
  private lastWords: readonly string[] = [];

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    { onOutput, onError }: NodeProcessOptions,
  ) {
    this.read(child.stdout, onOutput);
    this.read(child.stderr, (line) => {
      if (onError) onError(line);
      else this.lastWords = [...this.lastWords, line].slice(-LAST_WORDS);
    });
    this.ended = this.untilEnded();
  }

  /** Starts it. */
  static start(options: NodeProcessOptions): NodeProcess {
    const child = fork(options.script, options.args ?? [], {
      cwd: options.cwd,
      env: {
        ...(options.env ?? process.env),
        [EXPECTED_PARENT]: String(process.pid),
        ...(options.order && { [ORDER]: JSON.stringify(options.order) }),
      },
      execArgv: loaders(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own: Ctrl-C reaches the parent alone, which then stops its children in the right order.
      detached: process.platform !== 'win32',
    });
    const started = new NodeProcess(options.name, child, options);
    NodeProcess.started.push(started);
    return started;
  }

  /** What it announces when it is ready; an error with its own words if it fails or ends before. */
  async ready<Details>(): Promise<Details> {
    const announced = once(this.child, 'message') as Promise<[Announcement<Details>]>;
    const announcement = await Promise.race([announced.then(([message]) => message), this.ended]);
    if (typeof announcement === 'string') throw new Error(this.explain(announcement));
    if ('failed' in announcement) throw new Error(announcement.failed);
    return announcement.ready;
  }

  /** A sentence on its end, with its last words unless they were passed on. */
  explain(ending: string): string {
    return [`The ${this.name} ${ending}.`, ...this.lastWords].join('\n');
  }

  /** Stops every child of this process that still runs: the last one started first, each before the next. */
  static async stopAll(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    for (const child of [...NodeProcess.started].reverse()) await child.stop(signal);
  }

  /** Fulfilled, as soon as one of the children that run now ends, with a sentence on its end. */
  static async firstToEnd(): Promise<string> {
    const running = NodeProcess.started.filter((child) => child.running);
    return Promise.race(running.map(async (child) => child.explain(await child.ended)));
  }

  /** True until it has ended. */
  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks it to end, insists after a while, and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    this.signal(signal);
    const insist = setTimeout(() => this.signal('SIGKILL'), GRACE_MILLISECONDS);
    await this.ended;
    clearTimeout(insist);
  }

  /** To the whole group: a build, for one, has workers. */
  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || process.platform === 'win32') this.child.kill(signal);
    else
      try {
        process.kill(-pid, signal);
      } catch (error) {
        // It has ended in this very moment.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
  }

  private async untilEnded(): Promise<string> {
    try {
      const [code, signal] = (await once(this.child, 'close')) as [number | null, string | null];
      return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    } catch (error) {
      return `could not be started: ${(error as Error).message}`;
    }
  }

  private read(stream: Readable | null, onLine?: (line: string) => void): void {
    if (stream) createInterface(stream).on('line', (line) => onLine?.(line));
  }
}
