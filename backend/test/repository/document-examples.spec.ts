import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../../..');

/** What the code knows of packages that bring no types: no file imports it. */
const ambient = [join(root, 'backend/src/social-auth/database/pg-values.d.ts')];

/** A complete source file in a document: a fenced block whose first line names its path. */
interface Example {
  document: string;
  path: string;
  text: string;
}

function examplesOf(document: string): Example[] {
  const blocks = readFileSync(join(root, document), 'utf8').matchAll(/^```ts\n\/\/ (\S+\.ts)\n([^]*?)^```$/gm);
  return [...blocks].map(([, path = '', text = '']) => ({ document, path: join(root, path), text }));
}

/** Compiles the examples as if they lay where they say, over the files that do. */
function faultsOf(examples: readonly Example[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  Object.assign(options, { noEmit: true, paths: { 'nest-token-exchange': ['./backend/src/social-auth/index.ts'] } });
  const texts = new Map(examples.map(({ path, text }) => [path, text]));
  const usual = ts.createCompilerHost(options);
  const readFile = (path: string): string | undefined => texts.get(path) ?? usual.readFile(path);
  const host: ts.CompilerHost = {
    ...usual,
    readFile,
    fileExists: (path) => texts.has(path) || usual.fileExists(path),
    directoryExists: (path) => ts.sys.directoryExists(path) || [...texts.keys()].some((file) => dirname(file) === path),
    getSourceFile: (path, version) => {
      const text = readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
  };
  const program = ts.createProgram([...texts.keys(), ...ambient], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

describe('the examples in the documents', () => {
  const examples = documents.flatMap(examplesOf);

  it('are found', () => {
    const found = new Set(examples.map(({ document }) => document));
    expect([...found]).toEqual(expect.arrayContaining(['README.md', 'docs/providers.md']));
  });

  it('compile over the code as it is', () => {
    expect(faultsOf(examples)).toEqual([]);
  }, 60_000);

  it('can fail', () => {
    const path = join(root, 'backend/src/wrong.example.ts');
    const text = "import { google } from './social-auth';\nexport const length: number = google.title;\n";
    expect(faultsOf([{ document: '', path, text }])).toEqual([expect.stringContaining('not assignable')]);
  }, 60_000);
});
