import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedDatabase } from '.';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'embedded-database-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function query(database: EmbeddedDatabase, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const lockHolder = async (): Promise<number> =>
  (JSON.parse(await readFile(join(dataDir, 'postgres.lock'), 'utf8')) as { pid: number }).pid;

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('answers the ordinary driver, asks for a pool of one, and keeps its data over a restart', async () => {
  const first = await EmbeddedDatabase.start({ dataDir });
  expect(new URL(first.url).searchParams.get('pool_max')).toBe('1');
  await query(first, "create table kept (word text); insert into kept values ('still here')");
  await first.stop();
  const second = await EmbeddedDatabase.start({ dataDir });
  expect(await query(second, 'select word from kept')).toEqual([{ word: 'still here' }]);
  await second.stop();
});

it('refuses a second server on one directory, and says which process holds it', async () => {
  const holder = await EmbeddedDatabase.start({ dataDir });
  await expect(EmbeddedDatabase.start({ dataDir })).rejects.toThrow(`process ${await lockHolder()}`);
  expect(await query(holder, 'select word from kept')).toHaveLength(1);
  await holder.stop();
});

it.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, port: 1 }],
  ['a living process that is no database', { pid: process.pid, port: 1 }],
])('takes over the lock of %s', async (_whose, stale) => {
  await writeFile(join(dataDir, 'postgres.lock'), JSON.stringify(stale));
  const database = await EmbeddedDatabase.start({ dataDir });
  expect(await lockHolder()).not.toBe(stale.pid);
  await database.stop();
});

it('ends with its parent, even when that is killed, and leaves the directory free', async () => {
  const start = `require(${JSON.stringify(__dirname)}).EmbeddedDatabase.start({ dataDir: process.argv[1] })`;
  const script = `${start}.then(({ url }) => console.log(url));`;
  const parent = spawn(process.execPath, ['-r', 'esbuild-register', '-e', script, dataDir]);
  await once(parent.stdout, 'data');
  const pid = await lockHolder();
  parent.kill('SIGKILL');
  await untilGone(pid);
  const next = await EmbeddedDatabase.start({ dataDir });
  expect(await query(next, 'select word from kept')).toHaveLength(1);
  await next.stop();
});

it('does not start in production', async () => {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await expect(EmbeddedDatabase.start()).rejects.toThrow('never runs in production');
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
});
