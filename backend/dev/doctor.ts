import { runDoctor } from '../src/app/doctor';
import { loadEnvironmentFile } from './launch/environment-file';
import { withExaminedDatabase } from './launch/examined-database';
import { LaunchError } from './launch/launch.error';
import { repository } from './launch/repository';
import { runToEnd } from './launch/run';

async function examine(args: readonly string[]): Promise<void> {
  const stranger = args.find((argument) => argument !== '--json');
  if (stranger !== undefined) throw new LaunchError(`${stranger}: expected --json, or nothing.`);
  loadEnvironmentFile(repository.environmentFile);
  const { environment, faults } = await withExaminedDatabase(process.env);
  const { text, exitCode } = await runDoctor(environment, { json: args.includes('--json'), faults });
  process.stdout.write(text);
  process.exitCode = exitCode;
}

// What an inspection gave up waiting for must not keep the process.
void runToEnd(() => examine(process.argv.slice(2))).then(() => process.exit());
