import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

type Severity = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Parts of Nest that tell every module and route at each start. */
const CHATTERERS = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's log, written by pino: objects become fields of the line, an error becomes `err`, the last text the context. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(CHATTERERS.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(severity: Severity, message: unknown, rest: unknown[]): void {
    if (!this.logger.isLevelEnabled(severity)) return;
    const last = rest.at(-1);
    // Without a context the last text may be a stack, which the error itself tells.
    const context = typeof last === 'string' && !last.includes('\n') ? last : undefined;
    const others = context === undefined ? rest : rest.slice(0, -1);
    const fields = [message, ...others].reduce<object>(addFields, context === undefined ? {} : { context });
    if (typeof message === 'string') this.logger[severity](fields, message);
    else this.logger[severity](fields);
  }
}

function addFields(fields: object, value: unknown): object {
  if (types.isNativeError(value)) return { ...fields, err: value };
  if (typeof value === 'object' && value !== null) return { ...fields, ...value };
  // Nest hands stacks as texts; they are told by the error itself.
  return fields;
}
