import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../test/support/eventually';
import type { Command } from './cores';

/** Where Linux shows the control groups of the processor: of version 2, and of version 1. */
const HIERARCHIES = ['/sys/fs/cgroup', '/sys/fs/cgroup/cpu', '/sys/fs/cgroup/cpu,cpuacct'];
const NAME = 'nest-token-exchange-bench';
const ENTER = 'echo $$ > "$0" && exec "$@"';
const EMPTIED_MS = 5_000;

/**
 * A control group for those who run when nobody else wants to, and stop at once when somebody does.
 *
 * `chrt --idle` alone is not enough where the scheduler takes each session for a group (autogroup): a session that is never
 * done is then owed its share of the core, and a PostgreSQL server, each process of which is a session, waits for it.
 */
export class IdleGroup {
  private constructor(private readonly path: string | undefined) {}

  /** Makes it, or does without where that is not allowed, as to anybody but root, or not known. */
  static make(): IdleGroup {
    const path = HIERARCHIES.map((hierarchy) => join(hierarchy, NAME)).find(isMade);
    if (path === undefined) console.log('No control group for idle work: the database may wait for its core.');
    return new IdleGroup(path);
  }

  /** Whether there is one. */
  get isThere(): boolean {
    return this.path !== undefined;
  }

  /** A command that runs in it. */
  holding(command: Command): Command {
    if (this.path === undefined) return command;
    return ['/bin/sh', '-c', ENTER, join(this.path, 'cgroup.procs'), ...command];
  }

  /** Once all that ran in it have ended. */
  async remove(): Promise<void> {
    const { path } = this;
    if (path !== undefined) await eventually(() => rmdirSync(path), EMPTIED_MS);
  }
}

function isMade(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true });
    const setting = join(path, 'cpu.idle');
    if (existsSync(setting)) {
      writeFileSync(setting, '1');
      return true;
    }
    rmdirSync(path);
  } catch {
    // Read-only, or not ours.
  }
  return false;
}
