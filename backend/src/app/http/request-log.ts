import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loggedPathOf } from '../logging/path-of';
import { REQUEST_ID_HEADER } from '../logging/request-id';

const QUIET_PATHS = ['/health/live', '/health/ready'];

/** Writes the one line of a request. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const path = loggedPathOf(request.raw.url ?? '');
  const line = {
    method: request.method,
    path,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    address: request.ip,
  };
  if (QUIET_PATHS.includes(path) && reply.statusCode < 400) request.log.debug(line, 'request');
  else request.log.info(line, 'request');
}

/** Gives every answer the id of its request, and every request one line. */
export function logRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
}
