import { builtInProviders, type ProviderSource } from '../../social-auth';
import { accountSettings } from './account.settings';
import { serverDatabaseSettings } from './database.settings';
import type { Environment } from './environment';
import { httpSettings, limitSettings } from './http.settings';
import { metricsSettings } from './metrics.settings';
import { providerSettings } from './provider.settings';
import type { LogLevel, Settings } from './settings';
import { revocationBusName } from './revocation.settings';
import { SettingsError } from './settings.error';
import { tokenSettings } from './token.settings';
import { readVariables } from './variable-reader';
import { AccountVariables } from './variables/account.variables';
import { DatabaseVariables } from './variables/database.variables';
import { HttpVariables } from './variables/http.variables';
import { MetricsVariables } from './variables/metrics.variables';
import { RevocationVariables } from './variables/revocation.variables';
import { TokenVariables } from './variables/token.variables';

/** Reads the environment as far as it can be read; where there are faults, the settings are not those of a server. */
export function readSettings(
  environment: Environment,
  available: readonly ProviderSource[] = builtInProviders,
): { settings: Settings; faults: readonly string[] } {
  const faults: string[] = [];
  const http = readVariables(HttpVariables, environment, faults);
  const database = readVariables(DatabaseVariables, environment, faults);
  const tokens = readVariables(TokenVariables, environment, faults);
  const revocation = readVariables(RevocationVariables, environment, faults);
  const metrics = readVariables(MetricsVariables, environment, faults);
  const accounts = readVariables(AccountVariables, environment, faults);
  const production = http.NODE_ENV === 'production';
  const reached = httpSettings(http, faults);
  const limits = limitSettings(http);
  const reachedDatabase = serverDatabaseSettings(database, production, faults);
  const settings = {
    production,
    logLevel: (http.LOG_LEVEL ?? 'info') as LogLevel,
    http: reached,
    limits,
    metrics: metricsSettings(metrics, reached.port, faults),
    database: reachedDatabase,
    revocationBus: revocationBusName(revocation, reachedDatabase, limits, faults),
    tokens: tokenSettings(tokens, database.DATA_DIR ?? '.data', production, faults),
    accounts: accountSettings(accounts),
    providers: providerSettings(available, environment, production, faults),
  };
  return { settings, faults };
}

/**
 * Reads and checks the environment.
 *
 * @throws SettingsError with all faults at once.
 */
export function loadSettings(environment: Environment, available?: readonly ProviderSource[]): Settings {
  const { settings, faults } = readSettings(environment, available);
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}
