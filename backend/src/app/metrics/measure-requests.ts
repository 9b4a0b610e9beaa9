import type { FastifyInstance, FastifyReply, FastifyRequest, onResponseHookHandler } from 'fastify';
import type { RequestDurations, RouteDurations } from './request-durations';

/** Measures every request to a route that is added from now on, and those to none. */
export function measureRequests(fastify: FastifyInstance, durations: RequestDurations): void {
  // A hook at each route has its durations at hand, where one for all would look them up for each request.
  fastify.addHook('onRoute', (route) => {
    const measuring = [route.method].flat().map((method) => durations.of(method, route.url));
    route.onResponse = [...[route.onResponse ?? []].flat(), observing(measuring)];
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.is404) observe(durations.unrouted, reply);
    done();
  });
}

function observing(measured: readonly RouteDurations[]): onResponseHookHandler {
  const [only] = measured;
  const durationsOf =
    measured.length === 1
      ? () => only
      : ({ method }: FastifyRequest) => measured.find((durations) => durations.method === method);
  return (request, reply, done) => {
    const durations = durationsOf(request);
    if (durations) observe(durations, reply);
    done();
  };
}

/** Measures a request that is answered. */
export function observe(durations: RouteDurations, reply: FastifyReply): void {
  durations.observe(reply.statusCode, reply.elapsedTime);
}
