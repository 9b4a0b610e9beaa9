import { runMigrations } from '../src/app/migrate';
import { databaseForMigrations, withDatabase } from './launch/database-url';
import { loadEnvironmentFile } from './launch/environment-file';
import { LaunchError } from './launch/launch.error';
import { repository } from './launch/repository';
import { runToEnd } from './launch/run';

void runToEnd(async () => {
  loadEnvironmentFile(repository.environmentFile);
  process.stdout.write(`Database: ${databaseForMigrations(process.env)}\n`);
  const environment = await withDatabase(process.env);
  const applied = await runMigrations(environment).catch((cause: Error) => {
    throw new LaunchError(`The migrations failed: ${cause.message}. Check DATABASE_URL.`, { cause });
  });
  const report = applied.length > 0 ? applied.map((name) => `Applied ${name}`) : ['The schema is up to date.'];
  process.stdout.write(`${report.join('\n')}\n`);
});
