import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const preflight = (...args: string[]) =>
  spawnSync(process.execPath, [join(__dirname, 'preflight.mjs'), ...args], { encoding: 'utf8' });

it('lets a script run that is there, and says what comes next', () => {
  expect(preflight('Next', 'backend/dev/preflight.mjs')).toMatchObject({ status: 0, stdout: 'Next\n', stderr: '' });
});

it('says how to build what is not built', () => {
  expect(preflight('', 'backend/dist/dev/no-such-script.js')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'The backend is not built: run `npm run build:backend`.\n',
  });
});
