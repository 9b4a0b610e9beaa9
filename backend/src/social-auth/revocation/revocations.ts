import { Inject, Injectable, Logger, Optional, type BeforeApplicationShutdown } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Clock } from '../clock/clock';
import { RepeatedTask } from '../clock/repeated-task';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { RecentRevocations } from './recent-revocations';
import type { Revocation } from './revocation';
import { RevocationFeed } from './revocation-feed';
import { REVOCATION_RULES, type RevocationRules } from './revocation-rules';

/** For how long a revocation is told to new listeners, in milliseconds. */
const RECENT_MS = 60_000;

/** Hears of a revocation; what it throws is logged and changes nothing. */
export type RevocationListener = (revocation: Revocation) => void;

/**
 * Tells of what is ended or narrowed on any replica, by whomever: within the bound of the options while the database
 * answers, and at once after the commit where this process did it and the host has imported `EventEmitterModule`. The
 * database is asked only while somebody listens.
 */
@Injectable()
export class Revocations implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Revocations.name);
  private readonly subscriptions = new Set<{ listener: RevocationListener }>();
  private readonly task = new RepeatedTask(
    () => this.poll(),
    () => this.rules.boundMs / 4,
  );
  private readonly onEvent = (event: string | string[]): void => {
    if (String(event).startsWith('social-auth.')) this.task.hasten();
  };
  private recent = new RecentRevocations(RECENT_MS);
  private feed: RevocationFeed | undefined;
  private failing = false;
  private ended = false;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly clock: Clock,
    @Inject(REVOCATION_RULES) private readonly rules: RevocationRules,
    @Optional() private readonly emitter?: EventEmitter2,
  ) {}

  /**
   * Calls a listener for each revocation, those of the last minute first, since its request was let in a moment ago; now
   * and then twice for the same. `everything` says that it cannot be told what was revoked, after an outage of minutes
   * for instance: whoever is let in must be looked up again.
   *
   * @returns what ends the subscription.
   */
  subscribe(listener: RevocationListener): () => void {
    const subscription = { listener };
    this.subscriptions.add(subscription);
    if (this.subscriptions.size === 1) this.start();
    // Not before the listener has what ends its subscription.
    else setImmediate(() => this.tellRecent(subscription));
    return () => {
      if (this.subscriptions.delete(subscription) && this.subscriptions.size === 0) void this.stop();
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended = true;
    await this.stop();
  }

  private start(): void {
    if (this.ended) return;
    this.recent = new RecentRevocations(RECENT_MS);
    this.feed = new RevocationFeed(this.database, this.clock);
    this.task.start();
    this.task.hasten();
    // Whatever ends something here writes an event, which is emitted after the commit.
    this.emitter?.onAny(this.onEvent);
  }

  private async stop(): Promise<void> {
    this.emitter?.offAny(this.onEvent);
    await this.task.stop();
  }

  private async poll(): Promise<void> {
    try {
      const reading = await this.feed?.read();
      this.failing = false;
      for (const revocation of reading?.revoked ?? []) this.tellAll(revocation);
    } catch (error) {
      if (!this.failing) this.logger.warn({ event: 'revocations_unread', reason: (error as Error).name });
      this.failing = true;
    }
  }

  private tellAll(revocation: Revocation): void {
    this.recent.add(revocation, this.clock.monotonic());
    for (const { listener } of [...this.subscriptions]) this.tell(listener, revocation);
  }

  private tellRecent(subscription: { listener: RevocationListener }): void {
    for (const revocation of this.recent.since(this.clock.monotonic())) {
      if (this.subscriptions.has(subscription)) this.tell(subscription.listener, revocation);
    }
  }

  private tell(listener: RevocationListener, revocation: Revocation): void {
    try {
      listener(revocation);
    } catch (error) {
      this.logger.error({ event: 'revocation_listener_failed', errorName: (error as Error).name });
    }
  }
}
