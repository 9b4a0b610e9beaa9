import { basename } from 'node:path';
import { repositoryFiles, textOf } from './repository-files';

const DIRECTORY = 'backend/test/e2e/flows/';

interface Row {
  name: string;
  cells: string[];
  test: string;
}

/** The rows of the table of flows: those that end with a link to a test. */
const rows = textOf('docs/flows.md')
  .split('\n')
  .flatMap((line): Row[] => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    const [, name, test] = /^\[([\w-]+)\]\(\.\.\/(\S+\.spec\.ts)\)$/.exec(cells.at(-1) ?? '') ?? [];
    return name === undefined || test === undefined ? [] : [{ name, test, cells }];
  });

const tests = repositoryFiles().filter((path) => path.startsWith(DIRECTORY) && path.endsWith('.spec.ts'));

describe('the table of docs/flows.md', () => {
  it('has the seven flows, each told in full', () => {
    expect(rows).toHaveLength(7);
    for (const { cells } of rows) expect([cells.length, cells.includes('')]).toEqual([6, false]);
  });

  it('names one test for each, and no test shows a flow that is not there', () => {
    expect(rows.map(({ test }) => test).sort()).toEqual([...tests].sort());
    for (const { name, test } of rows) expect(basename(test, '.spec.ts')).toBe(name);
  });

  it.each(tests)('leads to a test that ends at a guarded controller: %s', (path) => {
    const text = textOf(path);
    expect(text).toContain("from 'openid-client'");
    expect(text).toMatch(/expect\(await stage\.notesWith\(body\.token\)\)\.toEqual\(REACHED\)/);
  });
});
