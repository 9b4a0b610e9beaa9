import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { clientAddress } from './server/client-address.cjs';
import { earlyAnswer } from './server/early-answer.cjs';
import { createLimitedServer } from './server/limited-server.cjs';
import { canonicalAddress, listenAddress, pinForwardedHeaders } from './server/site-address.cjs';

Object.assign(process.env, { NODE_ENV: 'production' });
const directory = fileURLToPath(new URL('.', import.meta.url));
const { host, port, siteUrl } = listenAddress(process.env);
const trustedHops = Number(process.env.TRUST_PROXY_HOPS?.trim() || 0);

/** @param {string} message */
function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (!existsSync(new URL('.next/BUILD_ID', import.meta.url)))
  giveUp('The frontend is not built yet: run `npm run build:frontend`.');

const server = createLimitedServer();
// Loaded late: Next looks at NODE_ENV while it loads.
const { default: next } = await import('next');
// A server of its own, which never listens: Next would take every `Upgrade` to itself, past what is checked below.
const app = next({ dev: false, dir: directory, hostname: host, port, httpServer: createServer() });
await app.prepare(); // Checks the settings too (src/instrumentation.ts), and ends the process where they are wrong.
const handle = app.getRequestHandler();

server.on('request', (request, response) => {
  const { headers, socket } = request;
  const early = earlyAnswer(request);
  if (early) return void response.writeHead(early.status, early.headers).end();
  const elsewhere = canonicalAddress(request, siteUrl);
  if (elsewhere) return void response.writeHead(307, { Location: elsewhere }).end();
  const forwardedFor = [headers['x-forwarded-for']].flat().join(',');
  // Next would believe what the visitor says about themselves and about this site.
  headers['x-forwarded-for'] = clientAddress(socket.remoteAddress, forwardedFor, trustedHops);
  pinForwardedHeaders(headers, siteUrl);
  handle(request, response).catch(() => response.destroy());
});
server.on('error', (error) => giveUp(`The frontend cannot listen on ${host}:${port}: ${error.message}`));
server.listen(port, host, () => process.stdout.write(`Frontend on ${siteUrl.origin} (${host}:${port})\n`));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.close(() => void app.close().finally(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// A parent that forked us keeps a channel open: its end is our end.
process.on('disconnect', stop);
