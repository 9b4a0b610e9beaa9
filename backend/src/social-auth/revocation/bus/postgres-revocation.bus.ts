import { randomBytes } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { destroy } from '../../database/client-ledger';
import type { RevocationBus, RevocationBusListener } from '../revocation-bus';
import { reconnectPauseMs } from './reconnect-pause';

/** How to reach the database for its notifications. */
export interface PostgresRevocationBusOptions extends Pick<ClientConfig, 'connectionString' | 'ssl'> {
  /** The primary, past any pooler in transaction mode, which would take the notifications for nobody's. */
  connectionString: string;
  /** What the connection is called in `pg_stat_activity`. Default: `social-auth-revocation`. */
  applicationName?: string;
}

/** The channel of the notifications. */
export const POSTGRES_CHANNEL = 'social_auth_revocation';

const PATIENCE_MS = 1_000;
/** How often a connection on which nothing is said is asked whether it lives. */
const HEARTBEAT_MS = 5_000;
/** Begins what a replica says to itself, to see that notifications come through. */
const HELLO = 'hello ';

/**
 * LISTEN and NOTIFY of PostgreSQL, on a connection of its own.
 *
 * A notification is sent by a statement of its own after the commit: one that is part of a transaction holds a lock of
 * the whole cluster until that transaction is on disk, and all that notify would be committed one after the other.
 */
class PostgresRevocationBus implements RevocationBus {
  private listener: RevocationBusListener | undefined;
  private client: Client | undefined;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private heard: ((message: string) => void) | undefined;

  constructor(private readonly options: PostgresRevocationBusOptions) {}

  start(listener: RevocationBusListener): void {
    this.listener = listener;
    void this.connect();
  }

  async publish(message: string): Promise<void> {
    const { client } = this;
    if (!client) throw new Error('the bus is down');
    try {
      await client.query('select pg_notify($1, $2)', [POSTGRES_CHANNEL, message]);
    } catch (error) {
      this.lose(client, error);
      throw error;
    }
  }

  stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.client) destroy(this.client);
    this.client = undefined;
    return Promise.resolve();
  }

  private async connect(): Promise<void> {
    const { applicationName = 'social-auth-revocation', ...address } = this.options;
    const client = new Client({
      ...address,
      application_name: applicationName,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
    });
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, new Error('the connection has ended')));
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query(`listen ${POSTGRES_CHANNEL}`);
      await this.sayHello(client);
      if (client !== this.client) return;
      this.failures = 0;
      this.listener?.onUp();
      this.awaitHeartbeat(client);
    } catch (error) {
      this.lose(client, error);
    }
  }

  /** A pooler, a standby or a gateway may take the LISTEN, and nothing ever comes. */
  private async sayHello(client: Client): Promise<void> {
    const hello = HELLO + randomBytes(8).toString('hex');
    let timer: NodeJS.Timeout | undefined;
    const echo = new Promise<void>((resolve, reject) => {
      this.heard = (message) => message === hello && resolve();
      timer = setTimeout(() => reject(new Error('notifications do not come through')), PATIENCE_MS);
    });
    try {
      await Promise.all([client.query('select pg_notify($1, $2)', [POSTGRES_CHANNEL, hello]), echo]);
    } finally {
      clearTimeout(timer);
    }
  }

  private hear(message: string): void {
    if (message.startsWith(HELLO)) this.heard?.(message);
    else this.listener?.onMessage(message);
  }

  private awaitHeartbeat(client: Client): void {
    this.timer = setTimeout(() => void this.beat(client), HEARTBEAT_MS).unref();
  }

  private async beat(client: Client): Promise<void> {
    try {
      await client.query('select 1');
      if (client === this.client) this.awaitHeartbeat(client);
    } catch (error) {
      this.lose(client, error);
    }
  }

  /** Destroyed rather than ended: an end would wait for the answer of somebody who has been silent. */
  private lose(client: Client, error: unknown): void {
    destroy(client);
    if (client !== this.client || this.stopped) return;
    this.client = undefined;
    clearTimeout(this.timer);
    const { code, message } = error as { code?: string; message: string };
    this.listener?.onDown(code ?? message);
    this.timer = setTimeout(() => void this.connect(), reconnectPauseMs(this.failures)).unref();
    this.failures += 1;
  }
}

/** A bus over LISTEN and NOTIFY of the database: nothing else has to be run. */
export const createPostgresRevocationBus = (options: PostgresRevocationBusOptions): RevocationBus =>
  new PostgresRevocationBus(options);
