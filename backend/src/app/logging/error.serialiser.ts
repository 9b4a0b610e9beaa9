import { types } from 'node:util';
import { serverRefusalOf } from './database-error';
import { scrubText } from './scrub-text';

const DEEPEST_CAUSE = 4;

/** What a log line tells of an error. */
export interface LoggedError {
  type: string;
  message: string;
  /** Of the system or of Node, or the SQLSTATE of the database. */
  code?: string;
  /** Where the database refused something. */
  table?: string;
  constraint?: string;
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
    ...ofDatabase(error),
    ...(error.stack !== undefined && { stack: scrubText(framesOf(error.stack, error.message)) }),
    ...(error.cause != null && depth < DEEPEST_CAUSE && { cause: serialiseError(error.cause, depth + 1) }),
  };
}

/** What stands in a field that is meant for errors: some only name theirs. */
export function serialiseErrorField(value: unknown): LoggedError | string {
  return typeof value === 'string' ? scrubText(value) : serialiseError(value);
}

function ofDatabase(error: Error): Partial<LoggedError> | undefined {
  const refusal = serverRefusalOf(error);
  if (refusal === undefined) return undefined;
  const { quotesValues, ...names } = refusal;
  return { ...names, ...(quotesValues && { message: 'The database refused a statement.' }) };
}

/** A stack repeats the message, which has its own field. */
function framesOf(stack: string, message: string): string {
  const start = stack.indexOf(message);
  return stack
    .slice(start < 0 ? 0 : start + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}
