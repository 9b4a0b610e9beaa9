import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { pinned } from '../servers/cores';
import type { DatabaseServer } from '../servers/database-server';

const WRITERS = 16;
const RUN_MS = 3_000;

/** What no exchange on this machine can be faster than. */
export interface Limits {
  /** RS256 signatures that one core verifies in a second. */
  verificationsPerSecond: number;
  /** Transactions of one inserted row that the database commits in a second, from several connections. */
  commitsPerSecond: number;
}

/** Measures both limits. */
export async function measureLimits(database: DatabaseServer): Promise<Limits> {
  const [command, ...parameters] = pinned('server', [process.execPath, join(__dirname, 'rs256-limit.js')]);
  const verificationsPerSecond = Number(execFileSync(command, parameters));
  return { verificationsPerSecond, commitsPerSecond: await measureCommits(database) };
}

async function measureCommits(database: DatabaseServer): Promise<number> {
  const { url, drop } = await database.createDatabase();
  const clients = Array.from({ length: WRITERS }, () => new Client({ connectionString: url }));
  try {
    for (const client of clients) await client.connect();
    await clients[0]?.query(
      'create table written (id bigint generated always as identity primary key, at timestamptz)',
    );
    const begun = performance.now();
    const write = async (client: Client): Promise<number> => {
      let count = 0;
      for (; performance.now() - begun < RUN_MS; count++) {
        await client.query({ name: 'write', text: 'insert into written (at) values (now())' });
      }
      return count;
    };
    const counts = await Promise.all(clients.map(write));
    return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000);
  } finally {
    for (const client of clients) await client.end();
    await drop();
  }
}
