import type { Environment } from './environment';
import type { DatabaseSettings } from './settings';
import { SettingsError } from './settings.error';
import { readVariables } from './variable-reader';
import { flagIn } from './variable-values';
import { DatabaseVariables } from './variables/database.variables';

const USUAL_POOL_MAX = 10;

/** How the database is reached, from its variables. */
export function databaseSettings(variables: DatabaseVariables, faults: string[]): DatabaseSettings {
  if (variables.DATABASE_URL === undefined) faults.push('DATABASE_URL: expected the address of a PostgreSQL database');
  const { url, poolMax } = splitPoolMax(variables.DATABASE_URL ?? '');
  return {
    url,
    poolMax,
    directUrl: splitPoolMax(variables.DATABASE_DIRECT_URL ?? url).url,
    // A pool of one is how the embedded database is told: its one session keeps the prepared statements of connections
    // that are gone, and refuses them to the next one.
    preparedStatements: flagIn(variables.DATABASE_PREPARED) !== false && poolMax > 1,
    migrateOnStart: flagIn(variables.MIGRATE_ON_START) ?? false,
  };
}

/** How the server reaches its database; production refuses the embedded one. */
export function serverDatabaseSettings(
  variables: DatabaseVariables,
  production: boolean,
  faults: string[],
): DatabaseSettings {
  const settings = databaseSettings(variables, faults);
  if (production && settings.poolMax === 1) {
    faults.push('DATABASE_URL: expected a PostgreSQL server; a pool_max of 1 is that of the embedded database');
  }
  return settings;
}

/**
 * Reads and checks what the database alone needs.
 *
 * @throws SettingsError with all faults at once.
 */
export function loadDatabaseSettings(environment: Environment): DatabaseSettings {
  const faults: string[] = [];
  const settings = databaseSettings(readVariables(DatabaseVariables, environment, faults), faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

/** The driver hands parameters that it does not know to the server, which refuses the connection. */
function splitPoolMax(address: string): { url: string; poolMax: number } {
  if (!URL.canParse(address)) return { url: address, poolMax: USUAL_POOL_MAX };
  const url = new URL(address);
  const poolMax = Number(url.searchParams.get('pool_max') ?? USUAL_POOL_MAX);
  url.searchParams.delete('pool_max');
  return { url: url.href, poolMax };
}
