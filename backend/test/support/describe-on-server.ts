import { PoolerServer } from './pooler-server';
import { PostgresServer } from './postgres-server';
import { RedisProcess } from './redis-process';
import { RedisServer } from './redis-server';

const START_MS = 60_000;

interface ServerClass<Server> {
  isAvailable(): boolean;
  start(): Promise<Server>;
}

/** A suite that needs a real PostgreSQL server; it is skipped, visibly, where there is none, and fails in CI. */
export function describeOnPostgres(name: string, suite: (server: () => PostgresServer) => void): void {
  describeOn(PostgresServer, name, 'no PostgreSQL server: set TEST_DATABASE_URL or install PostgreSQL', suite);
}

/** A suite that needs a real Redis server; it is skipped, visibly, where there is none, and fails in CI. */
export function describeOnRedis(name: string, suite: (server: () => RedisServer) => void): void {
  describeOn(RedisServer, name, 'no Redis server: set TEST_REDIS_URL or install redis-server', suite);
}

/** A suite that needs a Redis server of its own, to stop it; it is skipped, visibly, where none is installed. */
export function describeOnRedisProcess(name: string, suite: (redis: () => RedisProcess) => void): void {
  describeOn(RedisProcess, name, 'no redis-server that is installed', suite);
}

/** A suite that needs PgBouncer before a real PostgreSQL server; it is skipped, visibly, without one, and fails in CI. */
export function describeOnPooler(name: string, suite: (server: () => PoolerServer) => void): void {
  const lack = 'no PgBouncer before a PostgreSQL server: install it, or set PGBOUNCER_PATH';
  describeOn(PoolerServer, name, lack, suite);
}

function describeOn<Server extends { stop(): Promise<void> }>(
  servers: ServerClass<Server>,
  name: string,
  lack: string,
  suite: (server: () => Server) => void,
): void {
  const notThere = (): Server => {
    throw new Error(`There is ${lack}.`);
  };
  if (!servers.isAvailable() && process.env.CI !== 'true') {
    describe.skip(`${name} [${lack}]`, () => suite(notThere));
    return;
  }
  describe(name, () => {
    let server: Server | undefined;
    beforeAll(async () => {
      server = await servers.start();
    }, START_MS);
    suite(() => server ?? notThere());
    // Last, because hooks run in the order of their definition: the suite still needs the server for its own.
    afterAll(() => server?.stop());
  });
}
