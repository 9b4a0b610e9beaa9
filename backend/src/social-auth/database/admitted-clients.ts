import type { Pool, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { destroy, type ClientLedger } from './client-ledger';

/** A client of the pool under TypeORM's query runner. */
export interface RunnerSession {
  runner: QueryRunner;
  client: PoolClient;
}

/** A client that was taken out of the pool and may turn out to be of no use. */
interface Candidate<Kind> {
  kind: Kind;
  client: PoolClient;
  release: () => void | Promise<void>;
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
      return { kind: client, client, release: () => client.release(true) };
    });
  }

  /** A client for a transaction of TypeORM's. */
  takeRunner(): Promise<RunnerSession> {
    return this.admitted(async () => {
      const runner = this.dataSource.createQueryRunner();
      const client = (await runner.connect()) as PoolClient;
      return { kind: { runner, client }, client, release: () => runner.release() };
    });
  }

  private async admitted<Kind>(take: () => Promise<Candidate<Kind>>): Promise<Kind> {
    for (;;) {
      if (!this.dataSource.isInitialized) throw new Error('the data source is not initialized');
      const candidate = await take();
      if (await this.isAdmitted(candidate)) return candidate.kind;
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
