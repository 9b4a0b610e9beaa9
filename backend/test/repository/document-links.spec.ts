import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`);
const documents = [...readdirSync(root), ...pages].filter((path) => path.endsWith('.md'));

/** What stands after `#` in a link to a heading, as hosts make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function anchorsOf(path: string): string[] {
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) => anchorOf(heading));
}

function isGood(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(root, document) : join(root, dirname(document), path);
  return existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

/** Where a document leads to within the repository. */
function linksOf(document: string): string[] {
  const links = readFileSync(join(root, document), 'utf8').matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

const targetsOf = (document: string): string[] =>
  linksOf(document).map((link) => join(dirname(document), link.split('#')[0] ?? ''));

describe('the links of the documents', () => {
  it.each(documents)('%s leads to files and headings that exist', (document) => {
    expect(linksOf(document).filter((link) => !isGood(document, link))).toEqual([]);
  });

  it('reach every document from the README, those of a provider by the page of providers', () => {
    const reached = ['README.md', ...targetsOf('README.md'), ...targetsOf('docs/providers.md')];
    expect(documents.filter((path) => !reached.includes(path))).toEqual([]);
  });
});

describe('README.md', () => {
  const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');

  it('has fewer than 200 lines, and an example in the first 20', () => {
    expect(lines.length).toBeLessThan(200);
    expect(lines.slice(0, 20).filter((line) => line.startsWith('```')).length).toBeGreaterThanOrEqual(2);
  });
});
