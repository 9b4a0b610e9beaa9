import { execFileSync } from 'node:child_process';
import { Client } from 'pg';

const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
   where schemaname not in ('pg_catalog', 'information_schema')`;

const MOST_BYTES = 256 * 1024 * 1024;

/** Every row of every table of a database as text, bytes in hexadecimal. */
export async function databaseText(url: string): Promise<string> {
  const client = new Client({ connectionString: withoutPoolMax(url) });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(TABLES);
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`select one::text as text from ${name} one`);
      texts.push(name, ...rows.map(({ text }) => text));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

/** What pg_dump writes of a database; `undefined` where there is no pg_dump of the server's version. */
export function pgDump(url: string): string | undefined {
  try {
    return execFileSync('pg_dump', ['--inserts', `--dbname=${withoutPoolMax(url)}`], {
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

function withoutPoolMax(url: string): string {
  const address = new URL(url);
  address.searchParams.delete('pool_max');
  return address.href;
}
