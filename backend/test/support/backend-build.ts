import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Build, buildOnce, repository } from './build-once';

/** Apart from `backend/dist`, which somebody may be running or replacing; below the backend's packages, so that it finds them. */
const directory = 'backend/node_modules/.backend-for-tests';
const buildInfo = `${directory}/.tsbuildinfo`;
const build: Build = {
  results: [buildInfo, `${directory}/src/app/main.js`],
  sources: ['backend/src', 'backend/dev', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
};

/** Builds the backend as `npm run build:backend` does, if its sources are newer than the last build; yields where. */
export async function buildBackend(): Promise<string> {
  await buildOnce(build, compile);
  return join(repository, directory);
}

async function compile(): Promise<void> {
  const options = ['--project', 'tsconfig.build.json', '--outDir', directory, '--tsBuildInfoFile', buildInfo];
  try {
    await promisify(execFile)(process.execPath, [require.resolve('typescript/bin/tsc'), ...options], {
      cwd: repository,
    });
  } catch (error) {
    throw new Error(`The backend does not compile:\n${(error as { stdout: string }).stdout}`, { cause: error });
  }
}
