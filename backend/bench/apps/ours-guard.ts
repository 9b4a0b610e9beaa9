import { google } from 'nest-token-exchange';
import { oursApp, signedInClients } from './ours';
import { ResourceController } from './resource.controller';
import { serve } from './serve';

/** The application behind the guard of the module. */
async function start(): Promise<void> {
  const providerSettings = { google: { clientIds: ['bench'] } };
  const app = await oursApp([google], { providerSettings }, [ResourceController]);
  await app.init();
  await serve(app, await signedInClients(app));
}

void start();
