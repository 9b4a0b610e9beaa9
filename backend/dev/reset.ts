import { dataDirectoryOf } from './launch/data-directory';
import { loadEnvironmentFile } from './launch/environment-file';
import { repository } from './launch/repository';
import { runToEnd } from './launch/run';

void runToEnd(async () => {
  loadEnvironmentFile(repository.environmentFile);
  const data = dataDirectoryOf(process.env);
  const removed = await data.remove();
  process.stdout.write(removed ? `Deleted ${data.path}\n` : `There is no ${data.path}: nothing to delete.\n`);
});
