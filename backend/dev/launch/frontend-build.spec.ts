import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frontendNeedsBuild } from './frontend-build';

let frontend: string;

beforeEach(() => {
  frontend = mkdtempSync(join(tmpdir(), 'frontend-'));
  mkdirSync(join(frontend, 'src/app'), { recursive: true });
  file('src/app/page.tsx', 1_000);
  for (const directory of ['src/app', 'src']) utimesSync(join(frontend, directory), 1_000, 1_000);
});
afterEach(() => rmSync(frontend, { recursive: true }));

function file(name: string, changedAt: number): void {
  writeFileSync(join(frontend, name), '');
  utimesSync(join(frontend, name), changedAt, changedAt);
}

function build(at: number): void {
  mkdirSync(join(frontend, '.next'));
  file('.next/BUILD_ID', at);
}

it('is needed when there is none', () => {
  expect(frontendNeedsBuild(frontend)).toBe(true);
});

it('is not needed while no source is newer', () => {
  build(2_000);
  expect(frontendNeedsBuild(frontend)).toBe(false);
});

it.each(['src/app/page.tsx', 'src/app/new.tsx', 'next.config.ts', 'package.json'])(
  'is needed after a change of %s',
  (name) => {
    build(2_000);
    file(name, 3_000);
    expect(frontendNeedsBuild(frontend)).toBe(true);
  },
);
