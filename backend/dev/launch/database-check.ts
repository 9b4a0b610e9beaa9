import { Client } from 'pg';
import { loadDatabaseSettings } from '../../src/app/settings/database.settings';
import { LaunchError } from './launch.error';

const PATIENCE_MILLISECONDS = 3_000;

/** Connects once to a database of one's own: the backend would wait for it, and a newcomer with it. */
export async function checkDatabase(address: string): Promise<void> {
  const { url } = loadDatabaseSettings({ DATABASE_URL: address });
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MILLISECONDS });
  // A connection that breaks is told by the attempt that needs it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new LaunchError(explain(cause as NodeJS.ErrnoException), { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain(cause: NodeJS.ErrnoException & { severity?: unknown }): string {
  if (typeof cause.severity === 'string')
    return `DATABASE_URL: the database refused (${cause.message}). Mend the address, or take it out for the embedded database.`;
  const reason = cause.code ?? cause.message;
  return `DATABASE_URL: the database cannot be reached (${reason}). Start it, mend the address, or take it out for the embedded database.`;
}
