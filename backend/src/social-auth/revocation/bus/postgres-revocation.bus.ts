import { Client, type ClientConfig } from 'pg';
import { destroy } from '../../database/client-ledger';
import type { RevocationBus, RevocationBusListener } from '../revocation-bus';
import { PostgresGreeting, reasonOf } from './postgres-greeting';
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

/**
 * LISTEN and NOTIFY of PostgreSQL, on a connection of its own.
 *
 * A notification is sent by a statement of its own after the commit: one that is part of a transaction holds a lock of
 * the whole cluster until that transaction is on disk, and all that notify would be committed one after the other.
 */
class PostgresRevocationBus implements RevocationBus {
  private listener: RevocationBusListener | undefined;
  private client: Client | undefined;
  private readonly greeting = new PostgresGreeting(() => this.newClient(), POSTGRES_CHANNEL);
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: PostgresRevocationBusOptions) {}

  start(listener: RevocationBusListener): void {
    this.listener = listener;
    this.connect();
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
    this.greeting.abandon();
    return Promise.resolve();
  }

  private newClient(): Client {
    const { applicationName = 'social-auth-revocation', ...address } = this.options;
    return new Client({
      ...address,
      application_name: applicationName,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
    });
  }

  private connect(): void {
    try {
      this.client = this.newClient();
      void this.listen(this.client);
    } catch (error) {
      // A certificate that is to be read may be there the next time.
      this.retry(`the address cannot be used: ${(error as Error).message}`);
    }
  }

  private async listen(client: Client): Promise<void> {
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, new Error('the connection has ended')));
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${POSTGRES_CHANNEL}`);
      if (client !== this.client) return;
      await this.greeting.exchange();
      if (client !== this.client) return;
      this.failures = 0;
      this.listener?.onUp();
      this.awaitHeartbeat(client);
    } catch (error) {
      this.lose(client, error);
    }
  }

  private hear(message: string): void {
    if (!this.greeting.hear(message)) this.listener?.onMessage(message);
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
    this.greeting.abandon();
    this.retry(reasonOf(error));
  }

  private retry(reason: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), reconnectPauseMs(this.failures)).unref();
    this.failures += 1;
    this.listener?.onDown(reason);
  }
}

/** A bus over LISTEN and NOTIFY of the database: nothing else has to be run. */
export const createPostgresRevocationBus = (options: PostgresRevocationBusOptions): RevocationBus =>
  new PostgresRevocationBus(options);
