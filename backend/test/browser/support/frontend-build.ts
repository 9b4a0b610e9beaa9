import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Build, buildOnce, isFresh, repository } from '../../support/build-once';

const build: Build = {
  results: ['frontend/.next/BUILD_ID'],
  sources: ['frontend/src', 'frontend/next.config.ts', 'frontend/tsconfig.json', 'frontend/package.json'],
};

/** Builds the frontend as `npm run build:frontend` does, if its sources are newer than the last build. */
export async function buildFrontend(): Promise<void> {
  await buildOnce(build, async () => {
    while (!isFresh(build) && !(await compile())) await sleep(2_000);
  });
}

/** Yields whether it was let: somebody else, a start script say, may be building. Theirs will do. */
async function compile(): Promise<boolean> {
  // Jest's NODE_ENV=test would make another build of React.
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const next = require.resolve('next/dist/bin/next');
  try {
    await promisify(execFile)(process.execPath, [next, 'build'], { cwd: join(repository, 'frontend'), env });
    return true;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    const reason = `${stdout}${stderr}`;
    if (reason.includes('already running')) return false;
    throw new Error(`next build failed:\n${reason}`, { cause: error });
  }
}
