import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify';
import type { Logger } from 'pino';
import { requestIdOf } from '../logging/request-id';
import { observe } from '../metrics/measure-requests';
import type { RouteDurations } from '../metrics/request-durations';
import type { HttpSettings } from '../settings/settings';
import { answerBrokenConnection } from './broken-connection';
import { answerUnroutable } from './unroutable-request';

const BODY_LIMIT_BYTES = 32 * 1024;
const SECOND = 1000;

/** How long each part of an exchange may take, in milliseconds. */
export const HTTP_TIMEOUTS = {
  /** From the first byte to the end of the headers. */
  headers: 10 * SECOND,
  /** From the first byte to the end of the body. */
  request: 20 * SECOND,
  /** Silence on a connection. */
  connection: 60 * SECOND,
  /** Between two requests: longer than the idle time of a usual proxy would be a race with it, 60 s is theirs. */
  keepAlive: 65 * SECOND,
  /** How often the first two are enforced; Node's own 30 s would let slow connections pile up. */
  check: 2 * SECOND,
};

/**
 * What Fastify is made with.
 *
 * @param unrouted the durations of requests that the router refuses before any hook runs.
 */
export function fastifyOptions(settings: HttpSettings, logger: Logger, unrouted: RouteDurations) {
  return {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    trustProxy: trustedProxies(settings.trustProxy),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: HTTP_TIMEOUTS.request,
    connectionTimeout: HTTP_TIMEOUTS.connection,
    keepAliveTimeout: HTTP_TIMEOUTS.keepAlive,
    // Requests that arrive while the server drains are answered like any other, on connections that then close.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: HTTP_TIMEOUTS.headers,
      connectionsCheckingInterval: HTTP_TIMEOUTS.check,
      insecureHTTPParser: false,
    },
    clientErrorHandler: answerBrokenConnection,
    frameworkErrors: (error: NodeJS.ErrnoException, request: FastifyRequest, reply: FastifyReply) => {
      reply.raw.once('finish', () => observe(unrouted, reply));
      void answerUnroutable(error, request, reply);
    },
  } satisfies FastifyServerOptions & Record<string, unknown>;
}

/** Fastify itself trusts nobody when it is given a number. */
function trustedProxies(trust: HttpSettings['trustProxy']) {
  return typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : trust;
}
