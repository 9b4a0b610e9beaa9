import { relative } from 'node:path';
import { EmbeddedDatabase } from '../embedded-database';
import { valueOf, Variables } from './addresses';
import { dataDirectoryOf } from './data-directory';
import { LaunchError } from './launch.error';
import { repository } from './repository';

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

/** Names the database that migrations go to, without its password. */
export function databaseForMigrations(given: Variables): string {
  const name = ['DATABASE_DIRECT_URL', 'DATABASE_URL'].find((one) => valueOf(given, one) !== undefined);
  if (name === undefined)
    return `the embedded one in ${shortPath(dataDirectoryOf(given).path)} (DATABASE_URL is not set)`;
  const url = URL.parse(valueOf(given, name) ?? '');
  if (!url) return `the one of ${name}`;
  // Parameters stay out as well: one of them may be the password.
  return `${url.protocol}//${url.username && `${url.username}@`}${url.host}${url.pathname} (${name})`;
}

function shortPath(path: string): string {
  const below = relative(repository.root, path);
  return below.startsWith('..') ? path : below;
}
