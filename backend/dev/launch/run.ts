import { NodeProcess } from '../processes/node-process';
import { LaunchError } from './launch.error';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Ending = { readonly signal: NodeJS.Signals } | { readonly failure: unknown };

// npm and the terminal both pass one Ctrl-C on: what comes twice within a moment was asked once.
const INSISTENCE_MILLISECONDS = 1_000;

async function untilAsked(): Promise<Ending> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (signal: NodeJS.Signals): void => {
      askedAt ??= performance.now();
      resolve({ signal });
      // Asked again: leave at once, the children end when the channel to this process closes.
      if (performance.now() - askedAt > INSISTENCE_MILLISECONDS) process.exit(1);
    };
    for (const signal of SIGNALS) process.on(signal, () => ask(signal));
    whenNpmIsGone(() => resolve({ signal: 'SIGTERM' }));
  });
}

/** npm runs a script by a shell, which dies of a SIGTERM without passing it on. */
function whenNpmIsGone(stop: () => void): void {
  const { ppid } = process;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== ppid && stop(), 500).unref();
}

async function untilFailure(start: () => Promise<void>): Promise<Ending> {
  try {
    await start();
    return { failure: new LaunchError(await NodeProcess.firstToEnd()) };
  } catch (failure) {
    return { failure };
  }
}

/** Says what went wrong: the messages are made to be read, a stack would bury them. */
function complain(failure: unknown): void {
  process.stderr.write(`\n${failure instanceof Error ? failure.message : String(failure)}\n`);
}

/** Runs children until a signal comes (exit code 0) or one of them ends by itself (1), then stops all of them. */
export async function runUntilStopped(start: () => Promise<void>): Promise<never> {
  const ending = await Promise.race([untilAsked(), untilFailure(start)]);
  if ('failure' in ending) complain(ending.failure);
  else process.stdout.write('\nStopping …\n');
  await NodeProcess.stopAll('signal' in ending && ending.signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
  if ('signal' in ending) process.stdout.write('Stopped.\n');
  process.exit('failure' in ending ? 1 : 0);
}

/** Runs something that ends by itself; a failure is told in a line, and children are stopped in any case. */
export async function runToEnd(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    complain(failure);
    process.exitCode = 1;
  } finally {
    await NodeProcess.stopAll();
  }
}
