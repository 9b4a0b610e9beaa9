import { Client } from 'pg';
import { APPLICATION_NAME } from '../database/data-source-options';
import { INSPECTION_DEADLINE_MS } from './examination';

/** Whether a database can be asked there; without a host the driver would go wherever the machine itself points. */
export const isUsableAddress = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/** Asks a database over a connection of its own, so that no check waits for another. */
export async function askDatabase<Result>(url: string, ask: (client: Client) => Promise<Result>): Promise<Result> {
  if (!isUsableAddress(url)) throw new Error('there is no usable address');
  const client = new Client({
    connectionString: url,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: INSPECTION_DEADLINE_MS,
    query_timeout: INSPECTION_DEADLINE_MS,
  });
  // A connection that breaks is told by the query that needs it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where a database is, in words without user and password. */
export function placeOf(url: string): string {
  const address = URL.parse(url);
  return address ? `${address.host}${address.pathname}` : 'an address that cannot be read';
}
