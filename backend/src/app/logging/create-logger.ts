import { types } from 'node:util';
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../settings/settings';
import { serialiseError, serialiseErrorField } from './error.serialiser';
import { loggedPathOf } from './path-of';
import { scrubText } from './scrub-text';

const SECRET_HEADERS = ['authorization', 'cookie', '["set-cookie"]', '["x-frontend-secret"]'];
const HEADER_HOLDERS = ['', 'headers', 'req.headers', 'res.headers', 'request.headers', 'response.headers'];

/** The log of the process: one JSON object a line, without secrets. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      err: serialiseErrorField,
      error: serialiseErrorField,
      req: ({ method, url }: { method?: string; url?: string }) => ({ method, path: loggedPathOf(url ?? '') }),
      res: ({ statusCode }: { statusCode?: number }) => ({ status: statusCode }),
    },
    hooks: {
      logMethod(this: Logger, values: Parameters<Logger['info']>, method: (...values: unknown[]) => void) {
        method.apply(this, withOwnWords(values).map(scrubbed));
      },
    },
    redact: { paths: HEADER_HOLDERS.flatMap(pathsOfSecrets), censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A line without words of its own would get those of its error, as they are. */
function withOwnWords([first, ...rest]: unknown[]): unknown[] {
  const error = types.isNativeError(first) ? first : (first as { err?: unknown } | null | undefined)?.err;
  const words = rest.length === 0 && types.isNativeError(error) ? [serialiseError(error).message] : rest;
  return [first, ...words];
}

function scrubbed(value: unknown): unknown {
  return typeof value === 'string' ? scrubText(value) : value;
}

function pathsOfSecrets(holder: string): string[] {
  return SECRET_HEADERS.map((header) =>
    holder === '' || header.startsWith('[') ? holder + header : `${holder}.${header}`,
  );
}
