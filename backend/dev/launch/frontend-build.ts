import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeProcess } from '../processes/node-process';
import { LaunchError } from './launch.error';
import { repository } from './repository';

const SOURCES = ['src', 'public', 'server', 'next.config.ts', 'package.json', 'tsconfig.json', '../package-lock.json'];

function newestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** True if the frontend was never built, or if a source is newer than its build. */
export function frontendNeedsBuild(frontend: string = repository.frontend): boolean {
  const buildId = join(frontend, '.next/BUILD_ID');
  if (!existsSync(buildId)) return true;
  const built = statSync(buildId).mtimeMs;
  return SOURCES.some((source) => newestChange(join(frontend, source)) > built);
}

/** Builds the frontend for production; its output is in the error if that fails. */
export async function buildFrontend(): Promise<void> {
  const output: string[] = [];
  const build = NodeProcess.start({
    name: 'build of the frontend',
    script: createRequire(join(repository.frontend, 'package.json')).resolve('next/dist/bin/next'),
    args: ['build'],
    cwd: repository.frontend,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onOutput: (line) => output.push(line),
    onError: (line) => output.push(line),
  });
  const ending = await build.ended;
  if (!ending.endsWith('exit code 0'))
    throw new LaunchError([...output, `The build of the frontend ${ending}: see above.`].join('\n'));
}
