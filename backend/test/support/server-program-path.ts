import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps servers, which is not everybody's path. */
const SERVER_PATHS = ['/usr/sbin', '/usr/local/sbin'];

/** Where a server program is; undefined if it is not installed. */
export function findServerProgram(name: string): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...SERVER_PATHS];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}
