import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

const CONNECT_TIMEOUT_MS = 1000;
const COMMAND_TIMEOUT_MS = 250;
/** Silence after a command that shows a connection to be dead. */
const SOCKET_TIMEOUT_MS = 2000;
const LONGEST_RECONNECT_MS = 2000;

/** The connection to Redis: it never makes anybody wait, and comes back by itself. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly client: Redis;
  private readonly logger = new Logger(RedisConnection.name);

  constructor(url: string) {
    this.client = new Redis(url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RECONNECT_MS),
      reconnectOnError: () => false,
    });
    // Each attempt to reconnect tells its error: the state is told once, by those who use the connection.
    this.client.on('error', (error: Error) => this.logger.debug({ event: 'redis_error', err: error }));
  }

  get isUp(): boolean {
    return this.client.status === 'ready';
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }
}
