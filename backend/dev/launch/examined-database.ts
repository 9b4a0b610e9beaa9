import { databaseLock, servedPort } from '../embedded-database/directory-lock';
import { valueOf } from './addresses';
import { dataDirectoryOf } from './data-directory';
import { withDatabase } from './database-url';

/** The environment to examine, and what kept it from having a database. */
export interface ExaminedEnvironment {
  readonly environment: NodeJS.ProcessEnv;
  readonly faults: readonly string[];
}

/** The environment as the backend would start in it; an embedded database that is running already is used as it is. */
export async function withExaminedDatabase(given: NodeJS.ProcessEnv): Promise<ExaminedEnvironment> {
  const ownAddress = valueOf(given, 'DATABASE_URL') !== undefined;
  // In production its absence is a fault of the settings, which they tell themselves.
  if (ownAddress || given.NODE_ENV === 'production') return { environment: given, faults: [] };
  const { path } = dataDirectoryOf(given);
  const port = await servedPort(databaseLock(path));
  if (port !== undefined) {
    const DATABASE_URL = `postgres://postgres@127.0.0.1:${port}/postgres?pool_max=1`;
    return { environment: { MIGRATE_ON_START: 'true', ...given, DATABASE_URL, DATA_DIR: path }, faults: [] };
  }
  try {
    return { environment: await withDatabase(given), faults: [] };
  } catch (error) {
    return { environment: given, faults: [`DATA_DIR: ${(error as Error).message}`] };
  }
}
