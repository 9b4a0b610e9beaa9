import type { Socket } from 'node:net';
import type { Client, PoolClient, QueryConfig } from 'pg';
import type { ConnectionVerdict } from './connection-failure';

/** How long a client that may be dead has to prove that it is not, in milliseconds. */
const PROOF_OF_LIFE_MS = 400;

const QUESTION = `select current_setting('default_transaction_isolation') as isolation`;

interface ClientRecord {
  /** How many losses there had been when it was last known to live. */
  losses: number;
  /** How many silences there had been then. */
  silences: number;
  /** Whether its transactions are READ COMMITTED unless they say otherwise. */
  readCommitted: boolean;
}

/**
 * What is known of each client of a pool. After a lost connection those of its age are not used again; after a silent
 * one they are, once they have answered.
 */
export class ClientLedger {
  private readonly records = new WeakMap<PoolClient, ClientRecord>();
  private losses = 0;
  private silences = 0;

  /**
   * Whether a client may be used; a client that may not is to be destroyed.
   *
   * @throws whatever a client that was connected just now fails with.
   */
  async admits(client: PoolClient): Promise<boolean> {
    const record = this.records.get(client);
    if (!record) return this.register(client);
    if (record.losses !== this.losses) return false;
    if (record.silences === this.silences) return true;
    return this.register(client).catch(() => {
      this.note('lost');
      return false;
    });
  }

  /** Remembers what a failure on a client said of the others. */
  note(verdict: ConnectionVerdict): void {
    if (verdict === 'lost') this.losses += 1;
    if (verdict === 'silent') this.silences += 1;
  }

  /** The level that a transaction on an admitted client must ask for, where the database has another default. */
  isolationFor(client: PoolClient): 'READ COMMITTED' | undefined {
    return this.records.get(client)?.readCommitted ? undefined : 'READ COMMITTED';
  }

  /** Has a client answer, which proves that it lives, and remembers what it says. */
  private async register(client: PoolClient): Promise<true> {
    // Without a listener, a connection that breaks between two statements would end the process.
    if (!this.records.has(client)) client.on('error', () => undefined);
    const { losses, silences } = this;
    const question = { text: QUESTION, query_timeout: PROOF_OF_LIFE_MS };
    const { rows } = await client.query<{ isolation: string }>(question as QueryConfig);
    this.records.set(client, { losses, silences, readCommitted: rows[0]?.isolation === 'read committed' });
    return true;
  }
}

/** Closes a client's socket at once: a farewell over a dead connection would wait for an answer that never comes. */
export function destroy(client: Pick<Client, 'end'>): void {
  void client.end();
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}
