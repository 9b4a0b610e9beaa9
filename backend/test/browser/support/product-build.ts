import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cacheDirectory, repository } from './cache-directory';

const run = promisify(execFile);

/** Where the backend is built for the browser suites: apart from `backend/dist`, which others may be replacing. */
export const backendBuild = join(cacheDirectory, 'backend');

const lock = join(cacheDirectory, 'lock');
const STALE_LOCK_MS = 180_000;

/** Builds backend and frontend where their sources are newer than what was built; suites in parallel build once. */
export async function buildProduct(): Promise<void> {
  await takeLock();
  try {
    await buildBackend();
    await buildFrontend();
  } finally {
    rmdirSync(lock);
  }
}

async function buildBackend(): Promise<void> {
  const sources = ['backend/src', 'backend/dev', 'tsconfig.json', 'tsconfig.build.json'];
  const buildInfo = join(backendBuild, '.tsbuildinfo');
  if (isFresh(buildInfo, sources)) return;
  const options = ['--project', 'tsconfig.build.json', '--outDir', backendBuild, '--tsBuildInfoFile', buildInfo];
  await runScript('typescript/bin/tsc', options, repository);
}

async function buildFrontend(): Promise<void> {
  const sources = ['frontend/src', 'frontend/next.config.ts', 'frontend/tsconfig.json', 'frontend/package.json'];
  while (!isFresh(join(repository, 'frontend/.next/BUILD_ID'), sources)) {
    try {
      return await runScript('next/dist/bin/next', ['build'], join(repository, 'frontend'));
    } catch (error) {
      // Somebody else, a start script say, builds at this moment: theirs will do.
      if (!String(error).includes('already running')) throw error;
      await sleep(2_000);
    }
  }
}

async function runScript(script: string, options: string[], cwd: string): Promise<void> {
  // Jest's NODE_ENV=test would make another build of React.
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  try {
    await run(process.execPath, [require.resolve(script), ...options], { cwd, env });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${script} ${options[0]} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

function isFresh(result: string, sources: string[]): boolean {
  if (!existsSync(result)) return false;
  const builtAt = statSync(result).mtimeMs;
  return sources.every((source) => newestChange(join(repository, source)) < builtAt);
}

function newestChange(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

async function takeLock(): Promise<void> {
  mkdirSync(cacheDirectory, { recursive: true });
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
