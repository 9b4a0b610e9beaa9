import type { Socket } from 'node:net';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { DatabaseUnavailableError } from '../errors/social-auth.error';
import { isConnectionLost, isDatabaseFailure } from './connection-failure';

/**
 * A statement or a transaction that takes longer is given up, in milliseconds. With the second that the pool may take
 * to connect, nobody waits for longer than three.
 */
const DEADLINE_MS = 1_900;

/** A statement for {@link SocialAuthDatabase.query}. */
export interface Statement {
  /** With a name, the statement is prepared once for each connection. */
  name?: string;
  text: string;
  values?: unknown[];
}

/**
 * The one seam through which all SQL goes.
 *
 * TypeORM hands a client that timed out back to the pool, where the next query times out as well. Here a client that
 * failed is destroyed, and so is every client that is older than a connection's loss: after an outage the pool holds
 * fresh connections alone.
 */
@Injectable()
export class SocialAuthDatabase {
  private readonly logger = new Logger(SocialAuthDatabase.name);
  private readonly bornIn = new WeakMap<PoolClient, number>();
  private generation = 0;
  private failing = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs one statement on its own.
   *
   * @throws DatabaseUnavailableError if the database cannot be reached or does not answer in time.
   */
  async query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    let client: PoolClient | undefined;
    try {
      client = await this.connect();
      const { rows } = await client.query<Row>({ ...statement, query_timeout: DEADLINE_MS } as QueryConfig);
      client.release();
      this.succeeded();
      return rows;
    } catch (error) {
      const failure = this.failureOf(error, client);
      if (client && failure !== error) destroy(client);
      client?.release(failure !== error);
      throw failure;
    }
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects or takes too long.
   *
   * @throws DatabaseUnavailableError if the database cannot be reached or does not answer in time.
   */
  async transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    let runner: QueryRunner | undefined;
    let client: PoolClient | undefined;
    let deadline: NodeJS.Timeout | undefined;
    try {
      ({ runner, client } = await this.connectRunner());
      deadline = setTimeout(destroy, DEADLINE_MS, client);
      await runner.startTransaction();
      const result = await work(runner.manager);
      await runner.commitTransaction();
      this.succeeded();
      return result;
    } catch (error) {
      throw await this.abandonOn(error, runner, client);
    } finally {
      clearTimeout(deadline);
      await runner?.release();
    }
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  private async connect(): Promise<PoolClient> {
    if (!this.dataSource.isInitialized) throw new Error('the data source is not initialized');
    for (;;) {
      const client = await this.pool.connect();
      if (this.isFresh(client)) return client;
      destroy(client);
      client.release(true);
    }
  }

  private async connectRunner(): Promise<{ runner: QueryRunner; client: PoolClient }> {
    if (!this.dataSource.isInitialized) throw new Error('the data source is not initialized');
    for (;;) {
      const runner = this.dataSource.createQueryRunner();
      const client = (await runner.connect()) as PoolClient;
      if (this.isFresh(client)) return { runner, client };
      destroy(client);
      await runner.release();
    }
  }

  /** Whether a client was connected after the last failure; a client seen for the first time is new. */
  private isFresh(client: PoolClient): boolean {
    let born = this.bornIn.get(client);
    if (born === undefined) {
      born = this.generation;
      this.bornIn.set(client, born);
      // Without a listener, a connection that breaks between two statements would end the process.
      client.on('error', () => undefined);
    }
    return born === this.generation;
  }

  private async abandonOn(error: unknown, runner?: QueryRunner, client?: PoolClient): Promise<unknown> {
    const failure = this.failureOf(error, client);
    try {
      if (client && failure !== error) destroy(client);
      else if (runner?.isTransactionActive) await runner.rollbackTransaction();
    } catch (rollbackError) {
      if (client) destroy(client);
      return this.failureOf(rollbackError, client);
    }
    return failure;
  }

  /** @param client on which it happened; without one, the pool had none to give, which says nothing of those in use. */
  private failureOf(error: unknown, client: PoolClient | undefined): unknown {
    if (!isDatabaseFailure(error)) return error;
    if (client && isConnectionLost(error)) this.generation += 1;
    if (!this.failing) this.logger.error({ event: 'database_unavailable', reason: (error as Error).message });
    this.failing = true;
    return new DatabaseUnavailableError(error);
  }

  private succeeded(): void {
    if (this.failing) this.logger.log({ event: 'database_recovered' });
    this.failing = false;
  }
}

/** Closes the socket at once: a farewell over a dead connection would wait for an answer that never comes. */
function destroy(client: PoolClient): void {
  void client.end();
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}
