import { Demo } from './launch/demo';
import { loadEnvironmentFile } from './launch/environment-file';
import { repository } from './launch/repository';
import { runUntilStopped } from './launch/run';
import { Steps } from './launch/steps';

void runUntilStopped(async () => {
  loadEnvironmentFile(repository.environmentFile);
  await new Demo(process.env, new Steps()).start();
});
