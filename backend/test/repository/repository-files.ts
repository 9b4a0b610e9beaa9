import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The top of the repository. */
export const ROOT = join(__dirname, '../../..');

const NEVER = new Set(['node_modules', '.git', 'dist', '.next', '.data', 'coverage']);

/** The text of a file, by its path from the top. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The paths of all files that belong to the repository: tracked, or new and not ignored. */
export function repositoryFiles(): string[] {
  try {
    const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT });
    return String(list)
      .split('\0')
      .filter((path) => path !== '' && existsSync(join(ROOT, path)));
  } catch {
    // A copy without its history, an archive for instance.
    return walk('');
  }
}

function walk(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (NEVER.has(entry.name)) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}
