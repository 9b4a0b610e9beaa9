import { Redis } from 'ioredis';
import { createPostgresRevocationBus, createRedisRevocationBus, type RevocationBus } from '../social-auth';
import { APPLICATION_NAME } from './database/data-source-options';
import type { Settings } from './settings/settings';

/** What tells the other replicas of a revocation; it connects when the server starts. */
export function revocationBus({ revocationBus, database, limits }: Settings): RevocationBus | undefined {
  switch (revocationBus) {
    case 'postgres':
      return createPostgresRevocationBus({
        connectionString: database.directUrl,
        applicationName: `${APPLICATION_NAME}-revocation`,
      });
    case 'redis':
      return createRedisRevocationBus({ connect: (options) => new Redis(limits.redisUrl ?? '', options) });
    case 'off':
      return undefined;
  }
}
