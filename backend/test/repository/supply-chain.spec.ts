import { compareVersions, lockedPackages, nameAt, resolveFrom } from './lockfile';
import { textOf } from './repository-files';

const packages = lockedPackages();
const installed = (name: string): [string, string][] =>
  Object.entries(packages)
    .filter(([folder, { link }]) => folder.includes('node_modules/') && !link && nameAt(folder) === name)
    .map(([folder, { version = '' }]) => [folder, version]);

describe('package-lock.json', () => {
  it('resolves every optional package of every platform, so that npm ci works anywhere', () => {
    const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => resolveFrom(folder, name, packages) === undefined)
        .map((name) => `${name}, wanted by ${folder}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    const addresses = Object.values(packages).filter(({ resolved = '' }) => /^[a-z+]+:\/\//.test(resolved));
    expect(addresses).toEqual([]);
    expect(textOf('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });

  it('S2 gives the backend a single jose', () => {
    const [, version] = installed('jose').find(([folder]) => folder === 'node_modules/jose') ?? [];
    expect(version).toMatch(/^6\./);
    const users = Object.keys(packages).filter(
      (folder) => !folder.includes('next-auth') && !folder.startsWith('frontend'),
    );
    const found = new Set(users.map((folder) => resolveFrom(folder, 'jose', packages)));
    expect([...found]).toEqual(['node_modules/jose']);
  });

  it('holds one copy of what must be the same everywhere', () => {
    for (const name of ['@nestjs/core', '@nestjs/common', 'typeorm', 'fastify', 'pg', 'reflect-metadata', 'react']) {
      expect([name, installed(name).length]).toEqual([name, 1]);
    }
  });

  it.each([
    ['next-auth', ['4.24.15']],
    ['next', ['16.2.6']],
    ['typeorm', ['1.1.0']],
    ['@nestjs/core', ['11.1.19']],
    ['@nestjs/common', ['11.1.19']],
    ['@nestjs/platform-fastify', ['11.1.19']],
    ['jws', ['3.2.3', '4.0.1']],
    ['jsonwebtoken', ['9.0.0']],
    ['jose', ['2.0.7', '4.15.5']],
    ['passport', ['0.6.0']],
    ['nodemailer', ['7.0.7']],
  ])('S3 holds no %s older than its last advisory', (name, leasts) => {
    for (const [folder, version] of installed(name)) {
      const ofSameLine = leasts.filter((least) => least.split('.')[0] === version.split('.')[0]);
      const least = ofSameLine[0] ?? leasts.at(-1) ?? '';
      expect([folder, version, compareVersions(version, least) >= 0]).toEqual([folder, version, true]);
    }
  });

  it('S3 asks for a Node without the crash of CVE-2025-59466', () => {
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    const [least = ''] = /\d+\.\d+\.\d+/.exec(engines.node) ?? [];
    expect(compareVersions(least, '20.20.0')).toBeGreaterThanOrEqual(0);
    expect(compareVersions(process.versions.node, '20.20.0')).toBeGreaterThanOrEqual(0);
  });

  it('S1 runs no install script', () => {
    const { allowScripts } = JSON.parse(textOf('package.json')) as { allowScripts: Record<string, boolean> };
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const allowed = scripted.map(([folder]) => nameAt(folder)).filter((name) => allowScripts[name] !== false);
    // fsevents is for macOS alone and brings its binary along.
    expect(allowed.filter((name) => name !== 'fsevents')).toEqual([]);
  });

  it('S1 pins what verifies and issues tokens', () => {
    const { dependencies } = JSON.parse(textOf('backend/package.json')) as { dependencies: Record<string, string> };
    for (const name of ['google-auth-library', 'jose', 'jwks-rsa', 'passport', 'passport-http-bearer']) {
      expect([name, dependencies[name]]).toEqual([name, expect.stringMatching(/^\d/)]);
    }
    const frontend = JSON.parse(textOf('frontend/package.json')) as typeof dependencies & {
      dependencies: typeof dependencies;
    };
    expect(frontend.dependencies['next-auth']).toMatch(/^\d/);
  });
});
