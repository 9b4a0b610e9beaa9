import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { APPLICATION_NAME, schemaOptions } from './data-source-options';

const CONNECT_TIMEOUT_MS = 5000;
/** How long one replica waits for another that is migrating. */
const LOCK_WAIT_MS = 60_000;
const LOCK_RETRY_MS = 200;
/** How long a migration may wait for a table that requests are using, before it gives way to them. */
const TABLE_LOCK_WAIT_MS = 10_000;
/** Any number that nobody else uses as an advisory lock in this database. */
const LOCK_KEY = '7231906548812047';

/** Applies what is missing of the schema, one replica at a time, and returns the names of what it applied. */
export async function applyMigrations(url: string, logger?: Pick<LoggerService, 'log'>): Promise<string[]> {
  const client = new Client({
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks is told by the query that needs it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeLock(client);
    const applied = await migrate(url);
    if (applied.length > 0) logger?.log({ event: 'migrated', migrations: applied });
    return applied;
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => undefined);
  }
}

async function takeLock(client: Client): Promise<void> {
  const deadline = performance.now() + LOCK_WAIT_MS;
  while (performance.now() < deadline) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK_KEY]);
    if (rows[0]?.taken) return;
    await sleep(LOCK_RETRY_MS);
  }
  throw new Error('Another process has been migrating the database for a minute.');
}

async function migrate(url: string): Promise<string[]> {
  const dataSource = new DataSource({
    ...schemaOptions(),
    url,
    poolSize: 1,
    extra: { connectionTimeoutMillis: CONNECT_TIMEOUT_MS, lock_timeout: TABLE_LOCK_WAIT_MS },
  });
  await dataSource.initialize();
  try {
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}
