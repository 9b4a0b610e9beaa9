import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { TetheredProcess } from '../../test/support/tethered-process';
import type { IdleGroup } from './idle-group';

/** For a processor that has nothing else to do, not even for others of the idle group. */
const LOWEST = ['chrt', '--idle', '0', '/bin/sh', '-c', 'while :; do :; done'] as const;

/**
 * Keeps the cores from sleeping. A core that slept runs slower for a while, so that what a request costs would depend on
 * how busy its server is: one that waits for a database paid half as much again for the same work.
 */
export class AwakeCores {
  private constructor(private readonly processes: readonly TetheredProcess[]) {}

  /** @throws Error where the scheduler is not to be asked for that. */
  static start(idle: IdleGroup): AwakeCores {
    execFileSync('chrt', ['--idle', '0', 'true']);
    return new AwakeCores(
      cpus().map((_, core) =>
        TetheredProcess.start([...idle.holding(['taskset', '--cpu-list', String(core), ...LOWEST])], 'TERM'),
      ),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}
