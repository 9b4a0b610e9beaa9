/** @jest-config-loader esbuild-register */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from 'jest';

/** The names of the installed packages that are ES modules only: Jest on Node 20 can load them as CommonJS alone. */
function esModuleOnlyPackages(directory: string, names = new Set<string>()): Set<string> {
  if (!existsSync(directory)) return names;
  const visit = (path: string, name: string): void => {
    const manifest = join(path, 'package.json');
    if (!existsSync(manifest)) return;
    const { type, exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      type?: string;
      exports?: Record<string, unknown>;
    };
    // '.cjs"' and not '"require"': @nestjs/swagger has a require condition that points at an ES module.
    if (type === 'module' && !JSON.stringify(exports?.['.'] ?? exports ?? '').includes('.cjs"')) names.add(name);
    esModuleOnlyPackages(join(path, 'node_modules'), names);
  };
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || !entry.isDirectory()) continue;
    const path = join(directory, entry.name);
    if (!entry.name.startsWith('@')) visit(path, entry.name);
    else for (const scoped of readdirSync(path)) visit(join(path, scoped), `${entry.name}/${scoped}`);
  }
  return names;
}

const modulesToTransform = [
  ...esModuleOnlyPackages(join(__dirname, 'node_modules')),
  ...esModuleOnlyPackages(join(__dirname, 'backend/node_modules')),
  // CommonJS, but they call import(), which Jest answers with ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG.
  '@electric-sql/[^/]+',
  'gaxios',
].map((name) => name.replace(/[.+](?!\])/g, (match) => (match === '.' ? '\\.' : match)));

const toCommonJs = (parser: object, transform: object = {}): object => ({
  swcrc: false,
  jsc: { target: 'es2022', parser, transform, keepClassNames: true },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
});

const shared: Config = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/backend/dist', '<rootDir>/frontend/.next'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      toCommonJs(
        { syntax: 'typescript', decorators: true, tsx: false },
        { legacyDecorator: true, decoratorMetadata: true },
      ),
    ],
    '/node_modules/.+\\.[cm]?js$': ['@swc/jest', toCommonJs({ syntax: 'ecmascript' })],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${modulesToTransform.join('|')})/)`],
};

const project = (displayName: string, testMatch: string[], more: Config = {}): Config => ({
  ...shared,
  ...more,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
});

const config: Config = {
  collectCoverageFrom: ['backend/src/**/*.ts', '!**/*.spec.ts'],
  coverageProvider: 'v8',
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    project('unit', ['backend/{src,dev}/**/*.spec.ts', 'backend/test/repository/**/*.spec.ts']),
    project('integration', ['backend/test/integration/**/*.spec.ts']),
    project('e2e', ['backend/test/{e2e,conformance}/**/*.spec.ts']),
    project('frontend', ['frontend/{src,test}/**/*.spec.ts']),
    project('browser', ['backend/test/browser/**/*.spec.ts']),
    project('timing', ['backend/test/timing/**/*.spec.ts']),
  ],
};

export default config;
