import { textOf } from './repository-files';

const rows = textOf('docs/tokens.md')
  .split('\n')
  .map((line) => /^\| (L\d+) \|/.exec(line)?.[1])
  .filter((row) => row !== undefined);

/** The rows with which titles of tests begin, those of a table of cases as well. */
const shown = [
  ...textOf('backend/test/integration/tokens/token-life.spec.ts').matchAll(/^ *(?:it\(|\[)'(L\d+)\b/gm),
].map(([, row]) => row);

describe('the life of a token in docs/tokens.md', () => {
  it('names its rows one after the other', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toEqual(rows.map((_row, index) => `L${index + 1}`));
  });

  it('has one test for each row, and no test shows a row that is not there', () => {
    expect(shown).toEqual(rows);
  });
});
