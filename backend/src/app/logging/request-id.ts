import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { scrubText } from './scrub-text';

/** The header in which a request id comes and goes. */
export const REQUEST_ID_HEADER = 'x-request-id';

const SANE = /^[A-Za-z0-9_-]{1,64}$/;

/** The id that a client or proxy gave the request, if it is one and no token; a new one otherwise. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SANE.test(given) && scrubText(given) === given ? given : randomUUID();
}
