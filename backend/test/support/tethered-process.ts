import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs the program and stops it, in whatever way this process ends: its end closes the shell's standard input.
 * `$1` is the signal that stops the program; the rest is the program.
 */
const TETHER = 'signal=$1; shift; "$@" </dev/null & child=$!; cat >/dev/null; kill -$signal $child; wait $child';

/** A server program that a test started and that does not outlive it. */
export class TetheredProcess {
  private text = '';

  private constructor(private readonly shell: ChildProcess) {
    for (const stream of [shell.stdout, shell.stderr]) stream?.on('data', (chunk) => (this.text += String(chunk)));
  }

  static start(
    command: string[],
    stopSignal: 'TERM' | 'INT' | 'QUIT' | 'KILL',
    options: SpawnOptions = {},
  ): TetheredProcess {
    const shell = spawn('/bin/sh', ['-c', TETHER, 'tether', stopSignal, ...command], { ...options, stdio: 'pipe' });
    return new TetheredProcess(shell);
  }

  /** What it has written so far. */
  get output(): string {
    return this.text;
  }

  async stop(): Promise<void> {
    if (this.shell.exitCode !== null) return;
    const exited = once(this.shell, 'exit');
    this.shell.stdin?.end();
    await exited;
  }
}
