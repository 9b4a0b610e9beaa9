import type { Pool, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { destroy, type ClientLedger } from './client-ledger';

/**
 * The longest wait for a client, in milliseconds: the driver's own default is to wait for ever, and a host may leave it
 * at that.
 */
const PATIENCE_MS = 1_000;

/** A client of the pool under TypeORM's query runner. */
export interface RunnerSession {
  runner: QueryRunner;
  client: PoolClient;
}

/** A client that was taken out of the pool and may turn out to be of no use. */
interface Candidate<Kind> {
  kind: Kind;
  client: PoolClient;
  /** Hands a destroyed client in. */
  release: () => void | Promise<void>;
  /** Hands a sound one in that nobody waits for any more. */
  giveBack: () => void | Promise<void>;
}

/** Takes clients out of TypeORM's pool until the ledger admits one; the others are destroyed. */
export class AdmittedClients {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: ClientLedger,
  ) {}

  /** A client for one statement. */
  take(): Promise<PoolClient> {
    return this.admitted(async () => {
      const client = await (this.dataSource.driver as unknown as { master: Pool }).master.connect();
      return { kind: client, client, release: () => client.release(true), giveBack: () => client.release() };
    });
  }

  /** A client for a transaction of TypeORM's. */
  takeRunner(): Promise<RunnerSession> {
    return this.admitted(async () => {
      const runner = this.dataSource.createQueryRunner();
      const client = (await runner.connect()) as PoolClient;
      const release = (): Promise<void> => runner.release();
      return { kind: { runner, client }, client, release, giveBack: release };
    });
  }

  private admitted<Kind>(take: () => Promise<Candidate<Kind>>): Promise<Kind> {
    return new Promise((resolve, reject) => {
      const patience = { over: false };
      const timer = setTimeout(() => {
        patience.over = true;
        reject(new Error('timeout exceeded when trying to connect'));
      }, PATIENCE_MS);
      void this.search(take, patience)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  private async search<Kind>(take: () => Promise<Candidate<Kind>>, patience: { over: boolean }): Promise<Kind> {
    for (;;) {
      if (!this.dataSource.isInitialized) throw new Error('the data source is not initialized');
      const candidate = await take();
      if (!(await this.isAdmitted(candidate))) continue;
      if (!patience.over) return candidate.kind;
      await candidate.giveBack();
      throw new Error('nobody waits for this client any more');
    }
  }

  private async isAdmitted({ client, release }: Candidate<unknown>): Promise<boolean> {
    let admitted = false;
    try {
      admitted = await this.ledger.admits(client);
    } finally {
      if (!admitted) {
        destroy(client);
        await release();
      }
    }
    return admitted;
  }
}
