import { EmbeddedDatabase } from '../embedded-database';
import { valueOf } from './addresses';
import { dataDirectoryOf } from './data-directory';
import { LaunchError } from './launch.error';

/** The environment with a database: the one that is set, or else the embedded one, which is started here. */
export async function withDatabase(given: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (valueOf(given, 'DATABASE_URL') !== undefined) return given;
  if (given.NODE_ENV === 'production')
    throw new LaunchError('DATABASE_URL: expected the address of a PostgreSQL server, for NODE_ENV is production.');
  const data = dataDirectoryOf(given);
  data.prepare();
  const { url } = await EmbeddedDatabase.start({ dataDir: data.path });
  return { MIGRATE_ON_START: 'true', ...given, DATABASE_URL: url, DATA_DIR: data.path };
}
