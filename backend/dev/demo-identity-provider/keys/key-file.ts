import { JsonWebKey } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SigningKeys } from './signing-keys';

type StoredKeys = Record<string, JsonWebKey & { kid: string }>;

async function read(path: string): Promise<StoredKeys> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as StoredKeys;
  } catch {
    // Missing or damaged: demo keys are worth nothing, new ones only sign everybody out of the demo.
    return {};
  }
}

async function write(path: string, keys: StoredKeys): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function restore(stored: (JsonWebKey & { kid: string }) | undefined): SigningKeys | undefined {
  try {
    return stored && SigningKeys.import(stored);
  } catch {
    return undefined;
  }
}

/** The signing keys of the named issuers: kept in a file so that tokens survive a restart, or in memory without one. */
export async function loadSigningKeys<Name extends string>(
  names: readonly Name[],
  path?: string,
): Promise<Record<Name, SigningKeys>> {
  const stored = path ? await read(path) : {};
  const entries = await Promise.all(
    names.map(async (name) => [name, restore(stored[name]) ?? (await SigningKeys.create())] as const),
  );
  if (path) await write(path, Object.fromEntries(entries.map(([name, keys]) => [name, keys.exportPrivateKey()])));
  return Object.fromEntries(entries) as Record<Name, SigningKeys>;
}
