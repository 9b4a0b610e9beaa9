import { textOf } from './repository-files';

/** An entry of package-lock.json. */
export interface LockedPackage {
  version?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}

/** The entries of package-lock.json, by the folder they are installed in. */
export function lockedPackages(): Record<string, LockedPackage> {
  return (JSON.parse(textOf('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages;
}

const FOLDER = 'node_modules/';

/** The name of the package in a folder. */
export function nameAt(folder: string): string {
  return folder.slice(folder.lastIndexOf(FOLDER) + FOLDER.length);
}

/** Where Node finds a package from a folder: there, or in a folder above; undefined if nowhere. */
export function resolveFrom(folder: string, name: string, packages: Record<string, LockedPackage>): string | undefined {
  for (let at = folder; ; at = parentOf(at)) {
    const candidate = `${at === '' ? '' : `${at}/`}${FOLDER}${name}`;
    if (packages[candidate]) return candidate;
    if (at === '') return undefined;
  }
}

function parentOf(folder: string): string {
  const end = folder.lastIndexOf(`/${FOLDER}`);
  return end === -1 ? '' : folder.slice(0, end);
}

/** Compares two versions by their numbers: negative if the first is older. */
export function compareVersions(one: string, other: string): number {
  const numbers = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
  const [left, right] = [numbers(one), numbers(other)];
  for (let i = 0; i < 3; i++) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  return 0;
}
