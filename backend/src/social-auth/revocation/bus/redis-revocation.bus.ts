import type { Redis, RedisOptions } from 'ioredis';
import type { RevocationBus, RevocationBusListener } from '../revocation-bus';
import { reconnectPauseMs } from './reconnect-pause';

/** How to reach Redis. */
export interface RedisRevocationBusOptions {
  /** Makes a client of ioredis with these options: `(options) => new Redis(url, options)`. Called twice. */
  connect: (options: RedisOptions) => Redis;
  /** Stands before the name of the channel, where several systems share a server. Default: nothing. */
  prefix?: string;
}

/** The name of the channel, behind the prefix. */
export const REDIS_CHANNEL = 'social_auth_revocation';

const PATIENCE_MS = 1_000;
/** How often a connection on which nothing is said is asked whether it lives. */
const HEARTBEAT_MS = 5_000;

/** Nothing is kept for later: a hint that comes late is of no use, and one that waits takes memory. */
const CLIENT_OPTIONS: RedisOptions = {
  connectionName: 'social-auth-revocation',
  connectTimeout: PATIENCE_MS,
  commandTimeout: PATIENCE_MS,
  keepAlive: 5_000,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt) => reconnectPauseMs(attempt),
  reconnectOnError: () => false,
};

/** Publish and subscribe of Redis, each on a connection of its own. */
class RedisRevocationBus implements RevocationBus {
  private readonly channel: string;
  private listener: RevocationBusListener | undefined;
  private publisher: Redis | undefined;
  private subscriber: Redis | undefined;
  private isSubscribed = false;
  private isUp = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RedisRevocationBusOptions) {
    this.channel = `${options.prefix ?? ''}${REDIS_CHANNEL}`;
  }

  start(listener: RevocationBusListener): void {
    this.listener = listener;
    // Later on, whoever publishes is told by each message that fails, and everything is heard all the same.
    const publisher = this.client((reason) => !this.isUp && this.tellDown(reason));
    const subscriber = this.client((reason) => this.tellDown(reason));
    [this.publisher, this.subscriber] = [publisher, subscriber];
    publisher.on('ready', () => this.tellUp());
    subscriber.on('message', (_, message: string) => listener.onMessage(message));
    // On every connection anew: what was said in between is lost, which the listener has to be told.
    subscriber.on('ready', () => void this.subscribe(subscriber));
    subscriber.on('close', () => {
      clearTimeout(this.timer);
      this.isSubscribed = false;
    });
  }

  async publish(message: string): Promise<void> {
    const { publisher } = this;
    if (!publisher) throw new Error('the bus has not started');
    try {
      await publisher.publish(this.channel, message);
    } catch (error) {
      // Whoever was silent for as long as that may be gone.
      if (publisher.status === 'ready') publisher.disconnect(true);
      throw error;
    }
  }

  stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.publisher?.disconnect();
    this.subscriber?.disconnect();
    return Promise.resolve();
  }

  private client(onDown: (reason: string) => void): Redis {
    const client = this.options.connect(CLIENT_OPTIONS);
    client.on('error', ({ code, message }: NodeJS.ErrnoException) => onDown(code ?? message));
    client.on('close', () => onDown('the connection has ended'));
    return client;
  }

  private async subscribe(subscriber: Redis): Promise<void> {
    try {
      await subscriber.subscribe(this.channel);
      if (this.stopped) return;
      this.isSubscribed = true;
      this.awaitHeartbeat(subscriber);
      this.tellUp();
    } catch (error) {
      // A server that allows no subscription says so; that the connection ends then says nothing.
      this.tellDown((error as Error).message);
      if (!this.stopped) subscriber.disconnect(true);
    }
  }

  /** Not before the other connection is there too: a message that has to wait for it is refused. */
  private tellUp(): void {
    if (this.stopped || this.isUp || !this.isSubscribed || this.publisher?.status !== 'ready') return;
    this.isUp = true;
    this.listener?.onUp();
  }

  /** Whoever stops it does not ask how it is. */
  private tellDown(reason: string): void {
    this.isUp = false;
    if (!this.stopped) this.listener?.onDown(reason);
  }

  private awaitHeartbeat(subscriber: Redis): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.beat(subscriber), HEARTBEAT_MS).unref();
  }

  /** A subscriber never writes of its own accord: it would not notice that the far side has gone. */
  private async beat(subscriber: Redis): Promise<void> {
    try {
      await subscriber.ping();
      this.awaitHeartbeat(subscriber);
    } catch {
      subscriber.disconnect(true);
    }
  }
}

/** A bus over publish and subscribe of a Redis server that is there already. */
export const createRedisRevocationBus = (options: RedisRevocationBusOptions): RevocationBus =>
  new RedisRevocationBus(options);
