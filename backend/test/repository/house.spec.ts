import type { Config } from 'jest';
import { repositoryFiles, textOf } from './repository-files';
import jestConfig from '../../../jest.config';

const files = repositoryFiles();
const specs = files.filter((path) => /\.spec\.tsx?$/.test(path));

/** A glob of the kind that jest.config.ts uses, as a regular expression. */
function expressionOf(glob: string): RegExp {
  const source = glob
    .replace('<rootDir>/', '')
    .replace(/[.+()]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choices: string) => `(?:${choices.replaceAll(',', '|')})`)
    .replace(/\*\*\//g, '(?:.*/)?')
    .replace(/(?<!\.)\*/g, '[^/]*');
  return new RegExp(`^${source}$`);
}

describe('the repository', () => {
  const projects = (jestConfig.projects ?? []) as Exclude<NonNullable<Config['projects']>[number], string>[];
  const globs = projects.map(({ displayName, testMatch }) => ({
    name: String(displayName),
    expressions: (testMatch as string[]).map(expressionOf),
  }));

  it('runs every spec in exactly one Jest project', () => {
    const homesOf = (spec: string) => globs.filter(({ expressions }) => expressions.some((one) => one.test(spec)));
    const strays = specs.filter((spec) => homesOf(spec).length !== 1);
    expect(specs.length).toBeGreaterThan(20);
    expect(strays).toEqual([]);
  });

  it('has the projects that its documents name', () => {
    expect(globs.map(({ name }) => name)).toEqual(['unit', 'integration', 'e2e', 'frontend', 'browser', 'timing']);
    expect(globs.every(({ expressions }) => specs.some((spec) => expressions.some((one) => one.test(spec))))).toBe(
      true,
    );
  });

  it('names files in kebab-case by their role', () => {
    const odd = files
      .filter((path) => /^backend\/(src|dev|test)\/.*\.ts$/.test(path))
      .filter((path) => !/^[a-z0-9./-]+$/.test(path));
    expect(odd).toEqual([]);
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|misc|shared)[./-]/i.test(path))).toEqual([]);
  });

  it('holds no path of a machine, no private address and no key', () => {
    const texts = files.filter((path) => !/\.(png|ico|woff2|svg)$/.test(path) && path !== 'package-lock.json');
    const forbidden = [
      new RegExp(`/(${['home', 'Users'].join('|')})/[a-z]`),
      new RegExp(`-----BEGIN ${'(RSA |EC )?PRIVATE KEY'}-----\\n[A-Za-z0-9+/]{20}`),
      new RegExp(`registry\\.${'npmjs'}`),
    ];
    const found = texts.filter((path) => forbidden.some((pattern) => pattern.test(textOf(path))));
    expect(found).toEqual([]);
  });

  it('commits no environment file, build or data', () => {
    expect(files.filter((path) => /(^|\/)(\.env$|dist\/|\.next\/|\.data\/|node_modules\/)/.test(path))).toEqual([]);
    for (const name of ['node_modules/', 'dist/', '.next/', '.data/', '.env'])
      expect(textOf('.gitignore')).toContain(name);
  });

  it('has no test that is switched off or alone', () => {
    const pattern = new RegExp(`\\b(it|test|describe)\\.(${['only', 'todo'].join('|')})\\b|\\b(f|x)(it|describe)\\(`);
    expect(specs.filter((path) => pattern.test(textOf(path)))).toEqual([]);
  });

  it('mocks no module: tests use the real parts', () => {
    const pattern = new RegExp(`jest\\.(${['mock', 'doMock', 'unstable_mockModule'].join('|')})\\(`);
    expect(specs.filter((path) => pattern.test(textOf(path)))).toEqual([]);
  });

  it('keeps the module apart from the server, the demo and the environment', () => {
    const sources = files.filter((path) => path.startsWith('backend/src/social-auth/') && !path.includes('.spec.'));
    expect(sources.length).toBeGreaterThan(20);
    const strangers = sources.filter((path) =>
      /from '(\.\.\/)+(app|dev)\/|process\.env|Date\.now\(/.test(textOf(path)),
    );
    expect(strangers.filter((path) => path !== 'backend/src/social-auth/clock/clock.ts')).toEqual([]);
  });
});
