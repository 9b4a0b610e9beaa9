import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream } from 'pino';
import { AppModule } from './app.module';
import { refuseUnknownMethods } from './http/allowed-methods';
import { limitConnections } from './http/connection-limit';
import { allowOrigins } from './http/cross-origin';
import { fastifyOptions } from './http/fastify-options';
import { acceptJsonOnly } from './http/json-bodies';
import { logRequests } from './http/request-log';
import { addSecurityHeaders } from './http/security-headers';
import { closeConnectionsWhenStopping } from './lifecycle/graceful-stop';
import { createLogger } from './logging/create-logger';
import { NestLogger } from './logging/nest.logger';
import { measureRequests } from './metrics/measure-requests';
import { RequestDurations } from './metrics/request-durations';
import { serveDocs } from './openapi/api-document';
import type { Settings } from './settings/settings';

/** What a test may change about the server. */
export interface AppExtras {
  /** Where the log goes; standard output by default. */
  logDestination?: DestinationStream;
  /** Sees the Fastify instance before any route is added. */
  onFastify?: (fastify: FastifyInstance) => void;
}

/** Builds the server from its settings; it does not listen yet. */
export async function createApp(settings: Settings, extras: AppExtras = {}): Promise<NestFastifyApplication> {
  const logger = createLogger(settings.logLevel, extras.logDestination);
  const durations = new RequestDurations();
  const adapter = new FastifyAdapter(fastifyOptions(settings.http, logger, durations.unrouted));
  const fastify = adapter.getInstance();
  extras.onFastify?.(fastify);
  logRequests(fastify);
  if (settings.metrics) measureRequests(fastify, durations);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(settings, durations), adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  limitConnections(app.getHttpServer());
  allowOrigins(app, settings.http.corsOrigins);
  await addSecurityHeaders(app);
  closeConnectionsWhenStopping(app);
  refuseUnknownMethods(fastify);
  acceptJsonOnly(fastify);
  if (settings.http.docs) serveDocs(app);
  await app.init();
  return app;
}
