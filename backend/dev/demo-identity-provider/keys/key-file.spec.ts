import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSigningKeys } from './key-file';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-keys-'));
  file = join(directory, 'data', 'demo-keys.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('keeps the keys of each issuer, readable by their owner only', async () => {
  const first = await loadSigningKeys(['google', 'auth0'], file);
  const second = await loadSigningKeys(['google', 'auth0'], file);
  expect(second.google.published).toEqual(first.google.published);
  expect(second.auth0.published).toEqual(first.auth0.published);
  expect(second.auth0.published).not.toEqual(second.google.published);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('makes new keys when the file is damaged', async () => {
  await loadSigningKeys(['google'], file);
  await writeFile(file, '{"google":{"kid":"half');
  const { google } = await loadSigningKeys(['google'], file);
  expect(google.published).toHaveLength(1);
  expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('google.kid', google.current.kid);
});

it('writes nothing without a file', async () => {
  const { google } = await loadSigningKeys(['google']);
  expect(google.published).toMatchObject([{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: google.current.kid }]);
  expect(google.published[0]).not.toHaveProperty('d');
});
