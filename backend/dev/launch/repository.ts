import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function isRoot(directory: string): boolean {
  const manifest = join(directory, 'package.json');
  return existsSync(manifest) && 'workspaces' in (JSON.parse(readFileSync(manifest, 'utf8')) as object);
}

/** The root of the repository, seen from the sources as well as from the build. */
function findRoot(directory: string): string {
  if (isRoot(directory)) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('This script lies outside of its repository.');
  return findRoot(parent);
}

const root = findRoot(__dirname);

/** Where things are. */
export const repository = {
  root,
  environmentFile: join(root, '.env'),
  backendProgram: join(root, 'backend/dist/src/app/main.js'),
  frontend: join(root, 'frontend'),
  frontendProgram: join(root, 'frontend/server.mjs'),
  frontendBuildId: join(root, 'frontend/.next/BUILD_ID'),
} as const;
