// Installs and compiles what the benchmarks need, and runs them: `npm run bench -- …`, see README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = new URL('./', import.meta.url);
const pathOf = (/** @type {string} */ name) => fileURLToPath(new URL(name, here));

/**
 * @param {string} command
 * @param {string[]} parameters
 */
function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: pathOf('.'), stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Whether the installed packages are those of the lock: npm keeps a copy of what it installed. */
function isInstalled() {
  const kept = new URL('node_modules/.package-lock.json', here);
  if (!existsSync(kept)) return false;
  const packagesOf = (/** @type {URL} */ file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const wanted = Object.entries(packagesOf(new URL('package-lock.json', here))).filter(([name]) => name !== '');
  const installed = packagesOf(kept);
  return wanted.every(([name, { version }]) => installed[name]?.version === version);
}

if (process.platform !== 'linux') {
  process.stderr.write('The benchmarks read /proc and pin cores with taskset: they run on Linux alone.\n');
  process.exit(1);
}
if (!isInstalled()) run('npm', ['ci', '--ignore-scripts']);
run(process.execPath, [pathOf('../../node_modules/typescript/bin/tsc'), '--project', '.']);
const [first, ...others] = process.argv.slice(2);
if (first === 'growth') run(process.execPath, [pathOf('dist/bench/growth/growth.js'), ...others]);
else if (first === 'revocations') run(process.execPath, [pathOf('dist/bench/revocations/revocations.js'), ...others]);
else if (first === 'memory') run(process.execPath, [pathOf('dist/bench/memory/memory.js'), ...others]);
else run(process.execPath, [pathOf('dist/bench/bench.js'), ...process.argv.slice(2)]);
