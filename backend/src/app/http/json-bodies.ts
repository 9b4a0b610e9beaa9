import type { FastifyInstance } from 'fastify';
import { UnsupportedMediaTypeError } from '../../social-auth';

/** Takes JSON bodies alone, not encoded in any way: no form can post one from a foreign page, no bomb unpacks. */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients name the type on every call, on those without a body too.
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    const isPlain = encoding === undefined || encoding.trim().toLowerCase() === 'identity';
    done(isPlain || request.is404 ? undefined : new UnsupportedMediaTypeError());
  });
}
