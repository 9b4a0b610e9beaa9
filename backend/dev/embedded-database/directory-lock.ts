import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { answersAt } from '../processes/port-probe';

interface Holder {
  readonly pid: number;
  /** Known once the holder serves. */
  readonly port?: number;
}

/** Thrown when another living process holds the lock. */
export class DirectoryInUseError extends Error {
  constructor(path: string, { pid }: Holder) {
    super(`Another server (process ${pid}) uses this data directory: stop it first, or set DATA_DIR. Lock: ${path}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, port: holder.port } : undefined;
  } catch {
    return undefined;
  }
}

/** After a crash the number of the process may have gone to a program that has nothing to do with us: then nobody answers. */
async function isHeld({ pid, port }: Holder): Promise<boolean> {
  return pid !== process.pid && isAlive(pid) && (port === undefined || (await answersAt('127.0.0.1', port)));
}

/** Where the living holder of a lock serves; undefined where nobody does. */
export async function servedPort(path: string): Promise<number | undefined> {
  const holder = await readHolder(path);
  return holder?.port !== undefined && (await isHeld(holder)) ? holder.port : undefined;
}

/** The lock of the database in a data directory. */
export function databaseLock(dataDirectory: string): string {
  return join(dataDirectory, 'postgres.lock');
}

/** A file that says which process serves a directory; PGlite itself would let two of them ruin it. */
export class DirectoryLock {
  private constructor(private readonly path: string) {}

  /** Takes the lock, also from a process that is gone; an error if its holder lives. */
  static async acquire(path: string): Promise<DirectoryLock> {
    const lock = new DirectoryLock(path);
    if (await lock.create()) return lock;
    const holder = await readHolder(path);
    if (holder && (await isHeld(holder))) throw new DirectoryInUseError(path, holder);
    await rm(path, { force: true });
    if (await lock.create()) return lock;
    throw new DirectoryInUseError(path, (await readHolder(path)) ?? { pid: 0 });
  }

  /** Adds where the holder can be reached. */
  async publish(port: number): Promise<void> {
    const file = await open(this.path, 'w', 0o600);
    await file.writeFile(JSON.stringify({ pid: process.pid, port } satisfies Holder));
    await file.close();
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }

  private async create(): Promise<boolean> {
    try {
      const file = await open(this.path, 'wx', 0o600);
      await file.writeFile(JSON.stringify({ pid: process.pid } satisfies Holder));
      await file.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}
