import { runMigrations } from '../src/app/migrate';
import { withDatabase } from './launch/database-url';
import { loadEnvironmentFile } from './launch/environment-file';
import { repository } from './launch/repository';
import { runToEnd } from './launch/run';

void runToEnd(async () => {
  loadEnvironmentFile(repository.environmentFile);
  const applied = await runMigrations(await withDatabase(process.env));
  const report = applied.length > 0 ? applied.map((name) => `Applied ${name}`) : ['The schema is up to date.'];
  process.stdout.write(`${report.join('\n')}\n`);
});
