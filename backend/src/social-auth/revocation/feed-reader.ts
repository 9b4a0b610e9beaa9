import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../clock/clock';
import { RepeatedTask } from '../clock/repeated-task';
import { BACKGROUND_JOBS } from '../database/background-jobs';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { Freshness } from './freshness';
import { Invalidations } from './invalidations';
import { RevocationFeed } from './revocation-feed';
import { REVOCATION_RULES, type RevocationRules } from './revocation-rules';

/** So often within the bound the feed is read: one reading may be lost, and another be slow. */
const READINGS_PER_BOUND = 4;

/** Reads the feed again and again, applies what it tells, and says from when on all of it is known. */
@Injectable()
export class FeedReader implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(FeedReader.name);
  private readonly reasons = new Set<object>();
  private readonly task = new RepeatedTask(
    () => this.read(),
    () => this.rules.boundMs / READINGS_PER_BOUND,
  );
  private readonly feed: RevocationFeed;
  private completed = 0;
  private failed = 0;
  private failing = false;
  private ended = false;

  constructor(
    database: SocialAuthDatabase,
    clock: Clock,
    private readonly invalidations: Invalidations,
    private readonly freshness: Freshness,
    @Inject(REVOCATION_RULES) private readonly rules: RevocationRules,
    @Inject(BACKGROUND_JOBS) private readonly runs: boolean,
  ) {
    this.feed = new RevocationFeed(database, clock);
  }

  /** How many readings were completed since the process began. */
  get readings(): number {
    return this.completed;
  }

  /** How many failed. */
  get failedReadings(): number {
    return this.failed;
  }

  onApplicationBootstrap(): void {
    if (this.runs) this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended = true;
    await this.task.stop();
  }

  /**
   * Reads from now on, the first time at once.
   *
   * @returns what ends it, once nobody else needs it.
   */
  start(): () => void {
    const reason = {};
    this.reasons.add(reason);
    if (this.reasons.size === 1 && !this.ended) {
      this.task.start();
      this.task.hasten();
    }
    return () => {
      if (this.reasons.delete(reason) && this.reasons.size === 0) void this.task.stop();
    };
  }

  /** Reads now, or once more after the reading under way. */
  hasten(): void {
    this.task.hasten();
  }

  private async read(): Promise<void> {
    try {
      const reading = await this.feed.read();
      // The first one does not go back far enough for a transaction that was open for long: nothing from before it stays.
      if (this.completed === 0) this.invalidations.apply({ kind: 'everything' });
      this.completed += 1;
      for (const revocation of reading.revoked) this.invalidations.apply(revocation);
      // Not before: what it promises is that all of the reading has been applied.
      this.freshness.readCompleted(reading.sent);
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.warn({ event: 'revocations_unread', reason: (error as Error).name });
      this.failing = true;
      this.failed += 1;
    }
  }
}
