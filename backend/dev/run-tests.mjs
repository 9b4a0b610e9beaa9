// `npm test`: every project but `timing` by two workers, then `timing` alone, since whatever runs beside it falsifies it.
// With arguments it is jest as it stands.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const given = process.argv.slice(2);
const inTurn =
  given.length > 0
    ? [{ name: 'tests', args: given }]
    : [
        { name: 'all but timing', args: ['--ignoreProjects', 'timing'] },
        { name: 'timing', args: ['--selectProjects', 'timing', '--runInBand'] },
      ];

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isInterrupted = true;
    // A terminal sends its interrupt to the child as well.
    if (signal === 'SIGTERM') running?.kill(signal);
  });
}

const outcomes = [];
for (const { name, args } of inTurn) {
  const begun = performance.now();
  running = spawn(process.execPath, [jest, ...args], { stdio: 'inherit' });
  const [code] = await once(running, 'exit');
  if (code !== 0) process.exitCode = 1;
  if (isInterrupted) break;
  const seconds = Math.round((performance.now() - begun) / 1_000);
  outcomes.push(`${name}: ${code === 0 ? 'passed' : 'failed'} in ${seconds} s`);
}
// The first summary has left the screen by now.
if (outcomes.length > 1) process.stdout.write(`\n${outcomes.join('\n')}\n`);
