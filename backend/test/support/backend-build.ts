import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REPOSITORY = join(__dirname, '../../..');
/** Apart from `backend/dist`, which somebody may be running or replacing; below the packages, so that it finds them. */
const BUILD = join(REPOSITORY, 'node_modules/.cache/backend-for-tests');
const BUILD_INFO = join(BUILD, '.tsbuildinfo');
const LOCK = `${BUILD}.lock`;
const SOURCES = ['backend/src', 'backend/dev', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const STALE_LOCK_MS = 120_000;

/** Builds the backend as `npm run build:backend` does, if its sources are newer than the last build; yields where. */
export async function buildBackend(): Promise<string> {
  await takeLock();
  try {
    if (!isFresh()) compile();
  } finally {
    rmdirSync(LOCK);
  }
  return BUILD;
}

function compile(): void {
  const options = ['--project', 'tsconfig.build.json', '--outDir', BUILD, '--tsBuildInfoFile', BUILD_INFO];
  try {
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...options], {
      cwd: REPOSITORY,
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error(`The backend does not compile:\n${String((error as { stdout: Buffer }).stdout)}`, { cause: error });
  }
}

function isFresh(): boolean {
  const builtAt = statSync(BUILD_INFO, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return (
    existsSync(join(BUILD, 'src/app/main.js')) && SOURCES.every((path) => newestIn(join(REPOSITORY, path)) < builtAt)
  );
}

function newestIn(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** Suites run side by side: the first builds, the others wait for it. */
async function takeLock(): Promise<void> {
  mkdirSync(join(BUILD, '..'), { recursive: true });
  for (;;) {
    try {
      return mkdirSync(LOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > STALE_LOCK_MS) rmdirSync(LOCK);
    await sleep(250);
  }
}
