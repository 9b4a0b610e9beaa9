import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../settings/settings';
import { serialiseError } from './error.serialiser';
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
      err: serialiseError,
      error: serialiseError,
      req: ({ method, url }: { method?: string; url?: string }) => ({ method, path: loggedPathOf(url ?? '') }),
      res: ({ statusCode }: { statusCode?: number }) => ({ status: statusCode }),
    },
    hooks: {
      logMethod(this: Logger, [first, ...rest]: Parameters<Logger['info']>, method: (...values: unknown[]) => void) {
        const clean = [first, ...rest].map((value: unknown) => (typeof value === 'string' ? scrubText(value) : value));
        method.apply(this, clean);
      },
    },
    redact: { paths: HEADER_HOLDERS.flatMap(pathsOfSecrets), censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function pathsOfSecrets(holder: string): string[] {
  return SECRET_HEADERS.map((header) =>
    holder === '' || header.startsWith('[') ? holder + header : `${holder}.${header}`,
  );
}
