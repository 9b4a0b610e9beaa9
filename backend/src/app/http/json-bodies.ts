import type { FastifyInstance } from 'fastify';
import { InvalidRequestError, UnsupportedMediaTypeError } from '../../social-auth';
import { isDeeperThan } from './json-depth';

/** Nothing here takes more than two levels; what validates bodies calls itself once a level. */
const DEEPEST_BODY = 16;

/** Takes JSON objects alone, not encoded in any way: no form can post one from a foreign page, no bomb unpacks. */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    // Clients name the type on every call, on those without a body too.
    if (text === '') return done(null, {});
    if (isDeeperThan(DEEPEST_BODY, text)) return done(new InvalidRequestError('The body is nested too deeply.'));
    void parseJson(request, text, (error, body) => {
      if (error) done(error);
      else if (isObject(body)) done(null, body);
      else done(new InvalidRequestError('The body must be a JSON object.'));
    });
  });
  refuseEncodings(fastify);
}

/** Refuses before a byte of the body is read. */
function refuseEncodings(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    done(encoding === 'identity' || request.is404 ? undefined : new UnsupportedMediaTypeError());
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
