import type { RedisConnection } from '../../limits/redis.connection';
import type { Figure } from './figure';

/** Whether Redis counts the limits; nothing where none is configured. */
export function redisFigures(redis: RedisConnection | undefined): Figure[] {
  return [
    {
      name: 'redis_up',
      help: 'Whether Redis counts the limits of all replicas together; absent without REDIS_URL.',
      type: 'gauge',
      read: () => (redis === undefined ? [] : [{ value: redis.isUp ? 1 : 0 }]),
    },
  ];
}
