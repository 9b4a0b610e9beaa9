import { types } from 'node:util';
import { scrubText } from './scrub-text';

const DEEPEST_CAUSE = 4;

/** What a log line tells of an error. */
export interface LoggedError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: LoggedError;
}

/**
 * What a log line tells of an error: chosen fields only.
 *
 * Drivers and HTTP clients hang queries, parameters and whole requests on their errors.
 */
export function serialiseError(error: unknown, depth = 0): LoggedError {
  if (!types.isNativeError(error)) return { type: typeof error, message: scrubText(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: scrubText(error.message),
    ...(typeof code === 'string' && { code: scrubText(code) }),
    ...(error.stack !== undefined && { stack: scrubText(framesOf(error.stack)) }),
    ...(error.cause != null && depth < DEEPEST_CAUSE && { cause: serialiseError(error.cause, depth + 1) }),
  };
}

/** A stack repeats the message, which has its own field. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}
