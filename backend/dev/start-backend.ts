import { existsSync } from 'node:fs';
import { withDatabase } from './launch/database-url';
import { loadEnvironmentFile } from './launch/environment-file';
import { LaunchError } from './launch/launch.error';
import { repository } from './launch/repository';
import { runUntilStopped } from './launch/run';
import { NodeProcess } from './processes/node-process';

void runUntilStopped(async () => {
  loadEnvironmentFile(repository.environmentFile);
  if (!existsSync(repository.backendProgram))
    throw new LaunchError('The backend is not built: run `npm run build:backend`.');
  NodeProcess.start({
    name: 'backend',
    script: repository.backendProgram,
    cwd: repository.root,
    env: await withDatabase(process.env),
    onOutput: (line) => process.stdout.write(`${line}\n`),
    onError: (line) => process.stderr.write(`${line}\n`),
  });
});
