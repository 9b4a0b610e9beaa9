import { EmbeddedDatabase } from '../../dev/embedded-database';
import { PostgresServer } from './postgres-server';

/** An empty database of its own. */
export interface TestDatabase {
  url: string;
  stop(): Promise<void>;
}

/** An empty database: on the server at `TEST_DATABASE_URL`, else an embedded one in memory. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return EmbeddedDatabase.start();
  const database = await PostgresServer.at(server).createDatabase();
  return { url: database.url, stop: () => database.drop() };
}
