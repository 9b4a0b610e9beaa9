import { defineProvider, google, type GoogleSettings } from 'nest-token-exchange';
import { oursApp } from './ours';
import { serve, setting } from './serve';
import { VerifyingController } from './verifying.controller';

const verifying = defineProvider({ ...google, name: 'verifying', controller: VerifyingController });

/** `POST /auth/google` exchanges; `POST /auth/verifying`, in the same application, verifies and writes nothing. */
async function start(): Promise<void> {
  const settings: GoogleSettings = { clientIds: [setting('CLIENT_ID')], jwksUri: `${setting('ISSUER_URL')}/jwks` };
  const providerSettings = { google: settings, verifying: settings };
  await serve(await oursApp([google, verifying], { providerSettings }));
}

void start();
