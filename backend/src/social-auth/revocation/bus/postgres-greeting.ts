import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { destroy } from '../../database/client-ledger';

/** Begins what a replica says to itself, to see that notifications come through. */
const HELLO = 'hello ';
const PATIENCE_MS = 1_000;

/** What went wrong, in the code of the server where there is one: its words may quote anything. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code ?? message;
}

/**
 * Shows that a connection that listens is heard: a pooler or a gateway may take the LISTEN, and nothing ever comes. The
 * hello is said over a second connection: what comes with the answer to a statement of one's own gets through a pooler in
 * transaction mode too.
 */
export class PostgresGreeting {
  private client: Client | undefined;
  private heard: ((message: string) => void) | undefined;

  constructor(
    private readonly newClient: () => Client,
    private readonly channel: string,
  ) {}

  /** Resolves once what was said has come back. */
  async exchange(): Promise<void> {
    const hello = HELLO + randomBytes(8).toString('hex');
    const client = this.newClient();
    client.on('error', () => undefined);
    this.client = client;
    let timer: NodeJS.Timeout | undefined;
    try {
      await ofTheSecond(client.connect());
      const echo = new Promise<void>((resolve, reject) => {
        this.heard = (message) => message === hello && resolve();
        timer = setTimeout(() => reject(new Error('notifications do not come through')), PATIENCE_MS).unref();
      });
      await Promise.all([ofTheSecond(client.query('select pg_notify($1, $2)', [this.channel, hello])), echo]);
    } finally {
      clearTimeout(timer);
      destroy(client);
      if (client === this.client) this.client = undefined;
    }
  }

  /** Takes what the connection that listens has heard; `false`: it is no hello. */
  hear(message: string): boolean {
    if (!message.startsWith(HELLO)) return false;
    this.heard?.(message);
    return true;
  }

  /** Gives up what is under way. */
  abandon(): void {
    if (this.client) destroy(this.client);
    this.client = undefined;
  }
}

/** Says of a failure that the connection that listens is not the one at fault. */
async function ofTheSecond(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    throw new Error(`the second connection: ${reasonOf(error)}`, { cause: error });
  }
}
