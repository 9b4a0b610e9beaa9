import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { runForkedService } from '../processes/forked-service';
import { databaseLock, DirectoryLock } from './directory-lock';

/** What the parent orders. */
export interface EmbeddedDatabaseOrder {
  readonly dataDir?: string;
  readonly port: number;
}

/** What this process announces when it serves. */
export interface EmbeddedDatabaseDetails {
  readonly port: number;
}

const HOST = '127.0.0.1';
// One would do for a pool of 1; a psql or a migration beside it would otherwise hang.
const MAX_CONNECTIONS = 20;

async function lockDirectory(dataDir: string): Promise<DirectoryLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return DirectoryLock.acquire(databaseLock(dataDir));
}

runForkedService<EmbeddedDatabaseOrder, EmbeddedDatabaseDetails>(async ({ dataDir, port }) => {
  const lock = dataDir === undefined ? undefined : await lockDirectory(dataDir);
  const database = await PGlite.create(dataDir === undefined ? undefined : join(dataDir, 'postgres'));
  const server = new PGLiteSocketServer({ db: database, host: HOST, port, maxConnections: MAX_CONNECTIONS });
  await server.start();
  const taken = Number(server.getServerConn().split(':').pop());
  await lock?.publish(taken);
  const stop = async (): Promise<void> => {
    await server.stop();
    await database.close();
    await lock?.release();
  };
  return { details: { port: taken }, stop };
});
