import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Lifecycle } from './lifecycle';

/** How long the server is given to stop. */
export interface StopPatience {
  /** While readiness is red and requests are still taken, so that a load balancer can look away, in milliseconds. */
  noticeMs: number;
  /** For the requests in flight, in milliseconds; then their connections are cut. */
  drainMs: number;
}

/** Stops the server: readiness goes red first, requests in flight are answered, what hangs is cut. */
export async function stopGracefully(app: NestFastifyApplication, { noticeMs, drainMs }: StopPatience): Promise<void> {
  app.get(Lifecycle).stop();
  await sleep(noticeMs);
  const server = app.getHttpServer();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/** Tells clients on kept connections, once the server is stopping, not to come back on them. */
export function closeConnectionsWhenStopping(app: NestFastifyApplication): void {
  const lifecycle = app.get(Lifecycle);
  app
    .getHttpAdapter()
    .getInstance()
    // As late as this, so that requests that were in flight already close their connections as well.
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (lifecycle.isStopping) reply.header('connection', 'close');
      done();
    });
}
