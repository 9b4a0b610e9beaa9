import { toNodeHandler } from 'better-auth/node';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuth } from './better-auth';
import { setting } from './serve';

const GOOGLE_KEYS = 'https://www.googleapis.com/oauth2/v3/certs';

/** Google's key address cannot be configured there: its requests go to the issuer of the benchmark instead. */
function redirectKeyRequests(): void {
  const { fetch } = globalThis;
  const keys = `${setting('ISSUER_URL')}/jwks`;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(url === GOOGLE_KEYS ? keys : input, init);
  };
}

/** `POST /api/auth/sign-in/social` with an ID token, on node:http, which is what its handler is made for. */
async function start(): Promise<void> {
  redirectKeyRequests();
  const auth = await createAuth({
    socialProviders: { google: { clientId: setting('CLIENT_ID'), clientSecret: 'not used with ID tokens' } },
  });
  const server = createServer(toNodeHandler(auth)).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`READY ${JSON.stringify({ port, clients: [{}] })}\n`);
  });
  // As long as Fastify's, so that a pause between two runs costs no connection.
  server.keepAliveTimeout = 72_000;
}

void start();
