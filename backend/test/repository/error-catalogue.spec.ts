import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCatalogue, problemDetails, type ErrorCode } from '../../src/social-auth';

const ROOT = join(__dirname, '../../..');
const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

interface Row {
  code: string;
  status: number;
  title: string;
  advice: string;
}

const rows: Row[] = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, code = '', status = '', title = '', advice = ''] = line.split('|').map((cell) => cell.trim());
    return { code: code.replaceAll('`', ''), status: Number(status), title, advice };
  });

describe('docs/errors.md', () => {
  it('lists every code of the catalogue once, in its order, with its status and title', () => {
    const listed = rows.map(({ code, status, title }) => ({ code, status, title }));
    const catalogued = Object.entries(errorCatalogue).map(([code, { status, title }]) => ({ code, status, title }));
    expect(listed).toEqual(catalogued);
  });

  it('says for each of them what to do', () => {
    for (const { code, advice } of rows) {
      expect({ code, says: advice.length > 20 && advice.endsWith('.') }).toEqual({ code, says: true });
    }
  });

  it('shows an answer as it is', () => {
    const [, example = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
    const shown = JSON.parse(example) as { code: ErrorCode };
    expect(shown).toEqual(problemDetails(shown.code));
  });
});
