import type { DataSourceOptions } from 'typeorm';
import { socialAuthEntities, socialAuthMigrations } from '../../social-auth';
import { noteEntities, noteMigrations } from '../notes';
import type { DatabaseSettings } from '../settings/settings';
import { OrmLogger } from './orm.logger';

const CONNECT_TIMEOUT_MS = 1000;
const QUERY_TIMEOUT_MS = 2000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5000;

/** The name under which connections appear in `pg_stat_activity`. */
export const APPLICATION_NAME = 'nest-token-exchange';

/** What both the server and the migrations connect with. */
export function schemaOptions() {
  return {
    type: 'postgres' as const,
    applicationName: APPLICATION_NAME,
    entities: [...socialAuthEntities, ...noteEntities],
    migrations: [...socialAuthMigrations, ...noteMigrations],
    migrationsTableName: 'schema_migration',
    synchronize: false,
    installExtensions: false,
    logging: false,
    logger: new OrmLogger(),
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  } satisfies Partial<DataSourceOptions>;
}

/** How the server talks to its database. */
export function dataSourceOptions(settings: DatabaseSettings) {
  return {
    ...schemaOptions(),
    url: settings.url,
    poolSize: settings.poolMax,
    extra: {
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
      // A pooler in transaction mode, for which prepared statements are off, refuses these at connection.
      ...(settings.preparedStatements && {
        statement_timeout: QUERY_TIMEOUT_MS,
        idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      }),
    },
  } satisfies DataSourceOptions;
}
