import { existsSync } from 'node:fs';
import { loadEnvironmentFile } from './launch/environment-file';
import { LaunchError } from './launch/launch.error';
import { repository } from './launch/repository';
import { runUntilStopped } from './launch/run';
import { NodeProcess } from './processes/node-process';

void runUntilStopped(async () => {
  loadEnvironmentFile(repository.environmentFile);
  if (!existsSync(repository.frontendBuildId))
    throw new LaunchError('The frontend is not built: run `npm run build:frontend`.');
  NodeProcess.start({
    name: 'frontend',
    script: repository.frontendProgram,
    cwd: repository.frontend,
    env: { ...process.env, NODE_ENV: 'production' },
    onOutput: (line) => process.stdout.write(`${line}\n`),
    onError: (line) => process.stderr.write(`${line}\n`),
  });
  return Promise.resolve();
});
