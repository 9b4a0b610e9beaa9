import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HmacKey } from '../../social-auth';
import { parseHmacKeys } from './hmac-keys';

const KEY_FILE = 'token-hmac-keys';
const MARKER_FILE = '.nest-token-exchange';

/** The keys kept in the data directory, made at the first call; undefined if the file there is damaged. */
export function keysFromDirectory(directory: string): HmacKey[] | undefined {
  const path = join(directory, KEY_FILE);
  if (!existsSync(path)) createKeyFile(directory, path);
  return parseHmacKeys(readFileSync(path, 'utf8').trim());
}

function createKeyFile(directory: string, path: string): void {
  if (!existsSync(directory)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, MARKER_FILE), '');
  }
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `local:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and never over a file that another process has just made.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
