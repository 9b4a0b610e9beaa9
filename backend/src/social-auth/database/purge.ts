import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RepeatedTask } from '../clock/repeated-task';
import { BACKGROUND_JOBS } from './background-jobs';
import { changedRows } from './changed-rows';
import { PURGE_RULES, type PurgeRule } from './purge-rule';
import { SocialAuthDatabase } from './social-auth.database';
import { StatementFailedError } from './statement-failed.error';

const PAUSE_BETWEEN_RUNS_MS = 300_000;
/** By how much a pause may differ from the usual one, so that processes that start together do not stay together. */
const JITTER_MS = 60_000;
const PAUSE_BETWEEN_BATCHES_MS = 50;
const BATCH = 1_000;
/** Stands for the tables where the database itself is away. */
const EVERYTHING = '*';

/** How long a row of a rule that awaits readers can be read for at least, in milliseconds. */
export const READABLE_MS = PAUSE_BETWEEN_RUNS_MS - JITTER_MS;

const TAKE_TURN = `select pg_try_advisory_xact_lock(hashtextextended('social_auth_purge', 0)) as taken`;
const OLDEST_OPEN = 'select pg_snapshot_xmin(pg_current_snapshot())::text as xid';

// An xid beyond all that there are is from another cluster, of which the database is a copy.
const READ_BY_ALL = 'and (xid < $3::xid8 or xid >= pg_snapshot_xmax(pg_current_snapshot()))';

/**
 * The statement that deletes a batch. What somebody has locked is left to the next run: the purge never waits, and nobody
 * waits for more than a batch.
 */
export const deletion = ({ table, since, awaitsReaders }: PurgeRule): string => `
  delete from ${table} where ctid = any(array(
    select ctid from ${table}
     where ${since} <= now() - make_interval(secs => $1) ${awaitsReaders ? READ_BY_ALL : ''}
     order by ${since} limit $2::integer for update skip locked))
  returning 1`;

/** Deletes what has had its time, in small batches; one process at a time does it. */
@Injectable()
export class Purge implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Purge.name);
  private readonly stopping = new AbortController();
  private readonly failing = new Set<string>();
  private readonly task = new RepeatedTask(
    () => this.run(),
    () => PAUSE_BETWEEN_RUNS_MS + randomInt(-JITTER_MS, JITTER_MS),
  );
  /** Below it, every transaction had ended when the run before began. */
  private horizon: string | undefined;

  constructor(
    private readonly database: SocialAuthDatabase,
    @Inject(PURGE_RULES) private readonly rules: readonly PurgeRule[],
    @Inject(BACKGROUND_JOBS) private readonly runs: boolean,
  ) {}

  onApplicationBootstrap(): void {
    if (this.runs) this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.task.stop();
  }

  /** Purges every table, unless another process is at it; what fails is told once and tried again the next time. */
  async run(): Promise<void> {
    try {
      const { horizon } = this;
      const [open] = await this.database.query<{ xid: string }>({ text: OLDEST_OPEN });
      this.horizon = open?.xid;
      for (const rule of this.rules) {
        if (horizon !== undefined || !rule.awaitsReaders) await this.purgeOrTell(rule, horizon);
      }
      this.failing.delete(EVERYTHING);
    } catch (error) {
      this.tell(EVERYTHING, error);
    }
  }

  /** A table of which a statement is refused keeps none of the others from being purged. */
  private async purgeOrTell(rule: PurgeRule, horizon: string | undefined): Promise<void> {
    try {
      await this.purge(rule, horizon);
      this.failing.delete(rule.table);
    } catch (error) {
      if (!(error instanceof StatementFailedError)) throw error;
      this.tell(rule.table, error);
    }
  }

  private async purge(rule: PurgeRule, horizon: string | undefined): Promise<void> {
    const values = [rule.keptSeconds, BATCH, ...(rule.awaitsReaders ? [horizon] : [])];
    let deleted = 0;
    let last: number | undefined = BATCH;
    while (last === BATCH && !this.stopping.signal.aborted) {
      if (deleted > 0) await this.pause();
      last = await this.deleteBatch(deletion(rule), values);
      deleted += last ?? 0;
    }
    if (deleted > 0) this.logger.log({ event: 'purged', table: rule.table, rows: deleted });
  }

  /** @returns how many rows it deleted; `undefined` if another process is at it. */
  private deleteBatch(text: string, values: unknown[]): Promise<number | undefined> {
    return this.database.transaction(async (manager) => {
      const [turn] = await manager.query<{ taken: boolean }[]>(TAKE_TURN);
      if (!turn?.taken) return undefined;
      return (await changedRows(manager, text, values)).length;
    });
  }

  private async pause(): Promise<void> {
    await sleep(PAUSE_BETWEEN_BATCHES_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private tell(what: string, error: unknown): void {
    if (this.failing.has(what)) return;
    this.failing.add(what);
    const { name, code } = error as { name?: string; code?: string };
    this.logger.warn({ event: 'purge_failed', table: what, reason: name, code });
  }
}
