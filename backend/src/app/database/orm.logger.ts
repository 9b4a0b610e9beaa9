import { Logger as NestLogger } from '@nestjs/common';
import type { Logger } from 'typeorm';

/**
 * Keeps TypeORM's own words out of standard output.
 *
 * Statements carry people's addresses and digests of tokens, so they are never logged; what fails is thrown and told
 * by whoever catches it. What is left are warnings, for instance of a connection that broke while it was idle.
 */
export class OrmLogger implements Logger {
  private readonly logger = new NestLogger('TypeORM');

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.logger.debug({ event: 'orm_warning', reason: String(message) });
  }

  logQuery(): void {}

  logQueryError(): void {}

  logQuerySlow(): void {}

  logSchemaBuild(): void {}

  logMigration(): void {}
}
