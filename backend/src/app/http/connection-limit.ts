import type { Server } from 'node:http';

/** Most connections at once; more are closed as they come. */
const MAX_CONNECTIONS = 2000;

/** Bounds how many connections are open, without letting those that clients merely keep for later use them all up. */
export function limitConnections(server: Server): void {
  server.maxConnections = MAX_CONNECTIONS;
  // The connection that comes too many is gone by now; the next one finds room.
  server.on('drop', () => server.closeIdleConnections());
}
