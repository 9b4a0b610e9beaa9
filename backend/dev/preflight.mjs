// Runs before anything is built, on whatever Node there is: plain JavaScript without packages.
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const { engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** @param {string} version */
const numbers = (version) =>
  version
    .replace(/^[^\d]*/, '')
    .split('.')
    .map(Number);

/**
 * @param {number[]} left
 * @param {number[]} right
 */
function compare(left, right) {
  const index = [0, 1, 2].find((part) => (left[part] || 0) !== (right[part] || 0));
  return index === undefined ? 0 : (left[index] || 0) - (right[index] || 0);
}

/** @param {string} range such as `>=20.20.0 <21 || >=22.22.0` */
function satisfies(range) {
  const version = numbers(process.versions.node);
  const holds = (/** @type {string} */ bound) =>
    bound.startsWith('>=') ? compare(version, numbers(bound)) >= 0 : compare(version, numbers(bound)) < 0;
  return range.split('||').some((alternative) => alternative.trim().split(/\s+/).every(holds));
}

/** @param {string} message */
function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (!satisfies(engines.node))
  giveUp(`Node ${process.versions.node} is not supported: install Node ${engines.node}, the newest 24 for choice.`);
if (!existsSync(new URL('node_modules/.package-lock.json', root)))
  giveUp('The packages are not installed: run `npm ci`.');
// The script that is to run next, where it belongs to the build.
if (process.argv[3] && !existsSync(new URL(process.argv[3], root)))
  giveUp('The backend is not built: run `npm run build:backend`.');
if (process.argv[2]) process.stdout.write(`${process.argv[2]}\n`);
