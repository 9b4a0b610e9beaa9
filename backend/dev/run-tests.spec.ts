import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In the place of jest: tells with what it was called, and fails where it is told to. */
const JEST = `
  const args = process.argv.slice(2).join(' ');
  process.stdout.write('jest ' + args + '\\n');
  process.exit(args.startsWith(process.env.FAILS) ? 1 : 0);
`;
const REST = '--ignoreProjects timing';
const TIMING = '--selectProjects timing --runInBand';

let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'run-tests-'));
  const jest = join(place, 'node_modules/jest/bin');
  mkdirSync(jest, { recursive: true });
  writeFileSync(join(jest, 'jest.js'), JEST);
  copyFileSync(join(__dirname, 'run-tests.mjs'), join(place, 'run-tests.mjs'));
});
afterAll(() => rmSync(place, { recursive: true }));

function runTests(args: string[], fails = 'nothing'): { status: number | null; calls: string[]; stdout: string } {
  const env = { ...process.env, FAILS: fails };
  const { status, stdout } = spawnSync(process.execPath, [join(place, 'run-tests.mjs'), ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, calls: stdout.split('\n').filter((line) => line.startsWith('jest ')) };
}

it('runs what asserts a speed after everything else, and alone', () => {
  const { status, calls, stdout } = runTests([]);
  expect([status, calls]).toEqual([0, [`jest ${REST}`, `jest ${TIMING}`]]);
  expect(stdout).toMatch(/\nall but timing: passed in \d+ s\ntiming: passed in \d+ s\n$/);
});

it.each([
  [REST, 'all but timing: failed', 'timing: passed'],
  [TIMING, 'all but timing: passed', 'timing: failed'],
])('fails, having run both, where %s fails', (fails, rest, timing) => {
  const { status, calls, stdout } = runTests([], fails);
  expect([status, calls.length]).toEqual([1, 2]);
  expect(stdout).toMatch(new RegExp(`\\n${rest} .*\\n${timing} `));
});

it('is jest where it is given arguments, and has its verdict', () => {
  const args = ['--selectProjects', 'integration', 'e2e'];
  expect(runTests(args)).toMatchObject({ status: 0, calls: [`jest ${args.join(' ')}`] });
  expect(runTests(args, args[0]).status).toBe(1);
});
