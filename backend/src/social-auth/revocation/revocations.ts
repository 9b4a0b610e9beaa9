import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { FeedReader } from './feed-reader';
import { Invalidations } from './invalidations';
import { RecentRevocations } from './recent-revocations';
import type { Revocation } from './revocation';

/** For how long a revocation is told to new listeners, in milliseconds. */
const RECENT_MS = 60_000;

/** Hears of a revocation; what it throws is logged and changes nothing. */
export type RevocationListener = (revocation: Revocation) => void;

/**
 * Tells of what is ended or narrowed on any replica, by whomever: at once where this process did it or a hint came, and
 * within the bound of the options while the database answers.
 */
@Injectable()
export class Revocations {
  private readonly logger = new Logger(Revocations.name);
  private readonly subscriptions = new Set<{ listener: RevocationListener }>();
  private readonly recent = new RecentRevocations(RECENT_MS);

  constructor(
    private readonly clock: Clock,
    private readonly reader: FeedReader,
    invalidations: Invalidations,
  ) {
    // Before the first reading it is the caches alone that are to keep nothing.
    invalidations.onApplied((revocation) => {
      if (revocation.kind !== 'everything' || reader.readings > 0) this.tellAll(revocation);
    });
  }

  /**
   * Calls a listener for each revocation, those of the last minute first, since its request was let in a moment ago; more
   * than once for the same where a hint came before the feed. `everything` says that it cannot be told what was revoked,
   * after an outage of minutes for instance: whoever is let in must be looked up again.
   *
   * @returns what ends the subscription.
   */
  subscribe(listener: RevocationListener): () => void {
    const subscription = { listener };
    this.subscriptions.add(subscription);
    // Where no background jobs run, nobody else reads.
    const release = this.reader.start();
    // Not before the listener has what ends its subscription.
    setImmediate(() => this.tellRecent(subscription));
    return () => {
      this.subscriptions.delete(subscription);
      release();
    };
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
