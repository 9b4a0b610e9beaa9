import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { isDatabaseFailure } from '../../social-auth';
import { applyMigrations } from './apply-migrations';
import type { DatabaseSettings } from '../settings/settings';

const RETRY_MS = 1000;

/** Opens the database: at once if it is there, otherwise as soon as it is, while the server already answers. */
@Injectable()
export class DatabaseConnector implements OnModuleDestroy {
  private readonly logger = new Logger(DatabaseConnector.name);
  private readonly stopping = new AbortController();
  private retrying: Promise<void> = Promise.resolve();

  constructor(private readonly settings: DatabaseSettings) {}

  /**
   * Tries once, and goes on trying in the background if the database is not there.
   *
   * @throws whatever waiting will not mend: a wrong password, a migration that fails.
   */
  async connect(dataSource: DataSource): Promise<DataSource> {
    try {
      await this.open(dataSource);
    } catch (error) {
      if (!isDatabaseFailure(error)) throw error;
      this.logger.error({ event: 'database_unreachable_at_start', err: error });
      this.retrying = this.keepTrying(dataSource);
    }
    return dataSource;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.retrying;
  }

  private async keepTrying(dataSource: DataSource): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.open(dataSource);
        this.logger.log({ event: 'database_reached' });
        return;
      } catch (error) {
        if (!isDatabaseFailure(error)) this.logger.error({ event: 'database_unusable', err: error });
      }
    }
  }

  private async open(dataSource: DataSource): Promise<void> {
    if (this.settings.migrateOnStart) await applyMigrations(this.settings.directUrl, this.logger);
    try {
      await dataSource.initialize();
    } catch (error) {
      await closePoolOf(dataSource);
      throw error;
    }
  }
}

/** TypeORM forgets the pool of an attempt that failed after its first connection. */
async function closePoolOf(dataSource: DataSource): Promise<void> {
  const { master } = dataSource.driver as unknown as { master?: Pool };
  if (master && !master.ended && !master.ending) await master.end();
}
