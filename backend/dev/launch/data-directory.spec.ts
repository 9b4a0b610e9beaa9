import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseLock } from '../embedded-database/directory-lock';
import { DataDirectory } from './data-directory';
import { demoSecrets } from './demo-secrets';

let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'data-directory-'));
  path = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true }));

it('makes a directory of its own, and deletes it with everything inside', async () => {
  const data = new DataDirectory(path);
  data.prepare();
  data.prepare();
  mkdirSync(join(path, 'postgres'));
  expect(await data.remove()).toBe(true);
  expect([existsSync(path), await data.remove()]).toEqual([false, false]);
});

it('neither uses nor deletes a directory that holds something else', async () => {
  mkdirSync(path);
  writeFileSync(join(path, 'thesis.txt'), 'ten years of work');
  const data = new DataDirectory(path);
  expect(() => data.prepare()).toThrow('holds other things');
  await expect(data.remove()).rejects.toThrow('nothing was deleted');
  expect(existsSync(join(path, 'thesis.txt'))).toBe(true);
});

it('takes over a directory in which the backend alone kept its keys', () => {
  mkdirSync(path);
  writeFileSync(join(path, 'token-hmac-keys'), '');
  expect(() => new DataDirectory(path).prepare()).not.toThrow();
});

it('is not deleted under a server that runs on it', async () => {
  const data = new DataDirectory(path);
  data.prepare();
  // Process 1 is always there, and its port is not known yet.
  writeFileSync(databaseLock(path), JSON.stringify({ pid: 1 }));
  await expect(data.remove()).rejects.toThrow('process 1');
  expect(existsSync(path)).toBe(true);
});

it('keeps random secrets for their owner only', () => {
  mkdirSync(path);
  const file = join(path, 'demo-secrets.json');
  const secrets = demoSecrets(file);
  expect(new Set(Object.values(secrets).map((secret: string) => secret.length))).toEqual(new Set([43]));
  expect(demoSecrets(file)).toEqual(secrets);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'damaged');
  expect(() => demoSecrets(file)).toThrow('npm run reset');
});
