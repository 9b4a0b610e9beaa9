import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The root of the repository. */
export const repository = join(__dirname, '../../..');

/** Something that several suites need built. */
export interface Build {
  /** What the build writes; the time of the first tells when it was. */
  readonly results: readonly [string, ...string[]];
  /** Files and folders of the repository that it is made of. */
  readonly sources: readonly string[];
}

const STALE_LOCK_MS = 180_000;

/** Builds unless what is there is newer than its sources. Suites run side by side: one builds, the others wait. */
export async function buildOnce(build: Build, make: () => void | Promise<void>): Promise<void> {
  const lock = join(repository, 'node_modules/.cache', `${build.results[0].replace(/\W+/g, '-')}.lock`);
  await take(lock);
  try {
    if (!isFresh(build)) await make();
  } finally {
    rmdirSync(lock);
  }
}

/** Whether everything is there and newer than its sources. */
export function isFresh({ results, sources }: Build): boolean {
  const paths = results.map((path) => join(repository, path));
  if (!paths.every((path) => existsSync(path))) return false;
  const builtAt = statSync(paths[0] ?? '').mtimeMs;
  return sources.every((path) => newestIn(join(repository, path)) < builtAt);
}

function newestIn(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

async function take(lock: string): Promise<void> {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      return mkdirSync(lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > STALE_LOCK_MS) rmdirSync(lock);
    await sleep(250);
  }
}
