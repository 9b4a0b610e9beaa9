import { applyMigrations } from './database/apply-migrations';
import { loadDatabaseSettings } from './settings/database.settings';
import type { Environment } from './settings/environment';

/**
 * Applies what is missing of the schema to the database of an environment and returns the names of what it applied.
 *
 * @throws SettingsError if the environment does not name a database.
 */
export async function runMigrations(environment: Environment): Promise<string[]> {
  return applyMigrations(loadDatabaseSettings(environment).directUrl);
}
