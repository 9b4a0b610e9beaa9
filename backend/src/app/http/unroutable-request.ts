import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, problemDetails } from '../../social-auth';
import { REQUEST_ID_HEADER } from '../logging/request-id';
import { logRequest } from './request-log';

const CODE_OF_ERROR: Record<string, ErrorCode> = {
  FST_ERR_BAD_URL: 'invalid_request',
  // No id here is longer than the router takes, so nothing stands at that address.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** Answers what the router refuses before any hook runs. */
export function answerUnroutable(
  error: NodeJS.ErrnoException,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemDetails(CODE_OF_ERROR[error.code ?? ''] ?? 'internal_error');
  reply.raw.once('finish', () => logRequest(request, reply));
  return reply
    .code(problem.status)
    .header(REQUEST_ID_HEADER, request.id)
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .send(problem);
}
