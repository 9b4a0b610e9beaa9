import { Logger } from '@nestjs/common';
import type { PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { DatabaseUnavailableError } from '../errors/social-auth.error';
import { AdmittedClients, type RunnerSession } from './admitted-clients';
import { ClientLedger, destroy } from './client-ledger';
import { connectionVerdict } from './connection-failure';
import { isOfDriver, StatementFailedError } from './statement-failed.error';
import { sendTogether } from './statement-pipeline';

/**
 * A statement or a transaction that takes longer is given up, in milliseconds. With the second that the pool may take
 * to connect, neither takes longer than three.
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
 * failed is destroyed, and the {@link ClientLedger} sees to it that the pool holds living connections after an outage.
 */
export class SocialAuthDatabase {
  private readonly logger = new Logger(SocialAuthDatabase.name);
  private readonly ledger = new ClientLedger();
  private readonly clients: AdmittedClients;
  private readonly commitCallbacks = new WeakMap<EntityManager, (() => void)[]>();
  private failing = false;

  constructor(dataSource: DataSource) {
    this.clients = new AdmittedClients(dataSource, this.ledger);
  }

  /**
   * Runs one statement on its own.
   *
   * @throws DatabaseUnavailableError if the database cannot be reached or does not answer in time.
   * @throws StatementFailedError if it refuses the statement.
   */
  async query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    const client = await this.connected(this.clients.take());
    try {
      const { rows } = await client.query<Row>({ ...statement, query_timeout: DEADLINE_MS } as QueryConfig);
      client.release();
      this.succeeded();
      return rows;
    } catch (error) {
      const failure = this.failureOf(error);
      // Of a prepared one it is not known what the server has: it may have lost it, or its plan may not serve any more.
      const isSpoiled = failure instanceof DatabaseUnavailableError || statement.name !== undefined;
      if (isSpoiled) destroy(client);
      client.release(isSpoiled);
      throw failure;
    }
  }

  /**
   * Runs queries one after the other in one READ COMMITTED transaction and, where the connection allows it, in one round
   * trip: none can depend on what another brings, but each sees what was committed before it began.
   *
   * @returns the rows of each.
   * @throws DatabaseUnavailableError if the database cannot be reached or does not answer in time.
   * @throws StatementFailedError if it refuses a statement; then none has happened.
   */
  async pipeline(statements: readonly Statement[]): Promise<QueryResultRow[][]> {
    const client = await this.connected(this.clients.take());
    // Of another level by default, or in pg's own pipeline mode, which takes no other.
    if (this.ledger.isolationFor(client) !== undefined || client.pipeline) {
      client.release();
      return this.oneByOne(statements);
    }
    try {
      const results = await sendTogether(client, statements, DEADLINE_MS);
      client.release();
      this.succeeded();
      return results;
    } catch (error) {
      const failure = this.failureOf(error);
      // Whatever the failure: what was prepared before it is not known.
      destroy(client);
      client.release(true);
      throw failure;
    }
  }

  /**
   * Runs `work` in one READ COMMITTED transaction: committed when it resolves, rolled back when it rejects or takes too
   * long. What `work` throws on its own account is thrown on as it is.
   *
   * @throws DatabaseUnavailableError if the database cannot be reached or does not answer in time.
   * @throws StatementFailedError if it refuses a statement, even if `work` has caught that without going back to a
   *   savepoint.
   */
  async transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    const session = await this.connected(this.clients.takeRunner());
    const { runner, client } = session;
    const deadline = { passed: false };
    const timer = setTimeout(() => {
      deadline.passed = true;
      destroy(client);
    }, DEADLINE_MS);
    try {
      // An advisory lock orders transactions only if each sees what was committed before its next statement.
      await runner.startTransaction(this.ledger.isolationFor(client));
      const callbacks: (() => void)[] = [];
      this.commitCallbacks.set(runner.manager, callbacks);
      const result = await work(runner.manager);
      // To the COMMIT of what a refused statement has ended the server would answer ROLLBACK, and nobody would hear.
      if (mayHaveEnded(client)) await runner.query('select 1');
      await runner.commitTransaction();
      this.succeeded();
      this.runAll(callbacks);
      return result;
    } catch (error) {
      throw await this.abandon(session, error, deadline.passed);
    } finally {
      clearTimeout(timer);
      await runner.release();
    }
  }

  /**
   * Runs a callback as soon as the transaction of `manager`, one of {@link transaction}'s, is committed; never if it is
   * not. What it throws is logged and changes nothing.
   */
  afterCommit(manager: EntityManager, callback: () => void): void {
    const callbacks = this.commitCallbacks.get(manager);
    if (!callbacks) throw new Error('the manager is not one of a transaction of SocialAuthDatabase');
    callbacks.push(callback);
  }

  private oneByOne(statements: readonly Statement[]): Promise<QueryResultRow[][]> {
    return this.transaction(async (manager) => {
      const results: QueryResultRow[][] = [];
      for (const { text, values } of statements) results.push(await manager.query(text, values));
      return results;
    });
  }

  /** Runs callbacks that a commit has waited for; what one throws is logged and keeps none of the others from running. */
  runAll(callbacks: readonly (() => void)[]): void {
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        const { name, stack } = error as Error;
        this.logger.error({ event: 'after_commit_failed', errorName: name, where: stack?.split('\n    at ')[1] });
      }
    }
  }

  /** Whatever keeps us from connecting, a refused login included, is an outage: it is never the caller's fault. */
  private async connected<Taken>(taking: Promise<Taken>): Promise<Taken> {
    try {
      return await taking;
    } catch (error) {
      throw this.unavailable(error);
    }
  }

  private async abandon({ runner, client }: RunnerSession, error: unknown, deadlinePassed: boolean): Promise<unknown> {
    // Our own deadline says that this transaction was slow, and at most casts doubt on the other connections.
    if (deadlinePassed) this.ledger.note('silent');
    const failure = deadlinePassed ? this.unavailable(error) : isOfDriver(error) ? this.failureOf(error) : error;
    if (failure instanceof DatabaseUnavailableError) destroy(client);
    else await this.rollBack(runner, client);
    return failure;
  }

  private async rollBack(runner: QueryRunner, client: PoolClient): Promise<void> {
    try {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
    } catch (error) {
      this.ledger.note(connectionVerdict(error));
      destroy(client);
    }
  }

  private failureOf(error: unknown): Error {
    const verdict = connectionVerdict(error);
    this.ledger.note(verdict);
    return verdict === 'sound' ? new StatementFailedError(error) : this.unavailable(error);
  }

  private unavailable(error: unknown): DatabaseUnavailableError {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (!this.failing) this.logger.error({ event: 'database_unavailable', code, reason: message });
    this.failing = true;
    return new DatabaseUnavailableError(error);
  }

  private succeeded(): void {
    if (this.failing) this.logger.log({ event: 'database_recovered' });
    this.failing = false;
  }
}

/**
 * Whether a statement may have ended the transaction of a client. pg tells of an error before the server has said that it
 * is ready again, and only then knows of the end; a statement that nobody waits for may still be under way.
 */
function mayHaveEnded(client: PoolClient): boolean {
  const { readyForQuery } = client as unknown as { readyForQuery: boolean };
  return !readyForQuery || client.getTransactionStatus() !== 'T';
}
