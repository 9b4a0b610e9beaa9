import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DirectoryLock, databaseLock } from '../embedded-database/directory-lock';
import { valueOf, Variables } from './addresses';
import { LaunchError } from './launch.error';
import { repository } from './repository';

const MARKER = '.nest-token-exchange';
// The backend alone keeps its keys in an empty directory that was made for it.
const OURS = new Set(['token-hmac-keys']);

/** The directory in which the demo keeps its database, keys and secrets: recognised by a marker file. */
export class DataDirectory {
  constructor(readonly path: string) {}

  /** Makes it and marks it; refuses a directory that holds something else. */
  prepare(): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    if (this.isMarked()) return;
    if (readdirSync(this.path).some((name) => !OURS.has(name)))
      throw new LaunchError(
        `${this.path} holds other things: set DATA_DIR to a directory that is empty or does not exist.`,
      );
    writeFileSync(join(this.path, MARKER), 'Made by nest-token-exchange. `npm run reset` deletes this directory.\n');
  }

  /** Deletes it with everything inside; refuses a directory without our marker. Tells whether there was one. */
  async remove(): Promise<boolean> {
    if (!existsSync(this.path)) return false;
    if (!this.isMarked())
      throw new LaunchError(
        `${this.path} has no file ${MARKER}, so it is not ours: nothing was deleted. Check DATA_DIR.`,
      );
    // Fails while a server runs on what would be deleted under it.
    await DirectoryLock.acquire(databaseLock(this.path));
    rmSync(this.path, { recursive: true });
    return true;
  }

  private isMarked(): boolean {
    return existsSync(join(this.path, MARKER));
  }
}

/** The directory that `DATA_DIR` chooses; a relative path starts at the root of the repository. */
export function dataDirectoryOf(given: Variables): DataDirectory {
  return new DataDirectory(resolve(repository.root, valueOf(given, 'DATA_DIR') ?? '.data'));
}
