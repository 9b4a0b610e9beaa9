import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

/** The server has a core of its own; everything else of a run shares the others. */
export type Place = 'server' | 'load';

/** A program and its parameters. */
export type Command = readonly [program: string, ...parameters: string[]];

/** The cores of a place, as `taskset` takes them. */
export function coresOf(place: Place): string {
  // Not availableParallelism: that shrinks once this process is pinned.
  const last = cpus().length - 1;
  if (last < 1) throw new Error('The benchmarks need two cores.');
  if (place === 'server') return '0';
  return last === 1 ? '1' : `1-${last}`;
}

/** A command that runs on the cores of a place, or wherever the system puts it. */
export function pinned(place: Place | 'anywhere', [program, ...parameters]: Command): Command {
  if (place === 'anywhere') return [program, ...parameters];
  return ['taskset', '--cpu-list', coresOf(place), program, ...parameters];
}

/** Moves this process to the cores of a place. */
export function pinThisProcess(place: Place): void {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', coresOf(place), String(process.pid)], {
    stdio: 'ignore',
  });
}
