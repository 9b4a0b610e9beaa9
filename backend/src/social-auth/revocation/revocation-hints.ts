import { randomBytes } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  Optional,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '../clock/clock';
import { BACKGROUND_JOBS } from '../database/background-jobs';
import { FeedReader } from './feed-reader';
import { hintIn, MOST_IN_A_HINT, textOf } from './hint';
import { Invalidations } from './invalidations';
import type { Revocation } from './revocation';
import { REVOCATION_BUS, type RevocationBus } from './revocation-bus';

/** Of more that wait to be told, the others are told to read the feed. */
const MOST_WAITING = 20 * MOST_IN_A_HINT;

/** How the bus is, and what went over it since the process began. */
export interface HintFigures {
  bus: 'up' | 'down' | 'off';
  /** For how long the bus has been up or down, in milliseconds. */
  busSinceMs: number;
  /** Messages, each with one revocation or many. */
  sent: number;
  failed: number;
  received: number;
  /** Received, and not understood. */
  strange: number;
}

/**
 * Tells the other replicas of what was ended here, and hears it of them. A hint that is lost costs time, never the bound:
 * nobody waits for one, and nothing depends on one.
 */
@Injectable()
export class RevocationHints implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationHints.name);
  private readonly sender = randomBytes(8).toString('hex');
  private readonly counts = { sent: 0, failed: 0, received: 0, strange: 0 };
  private waiting: Revocation[] = [];
  private sending: Promise<void> | undefined;
  private isUp = false;
  private since: number;
  private hasToldDown = false;

  constructor(
    private readonly clock: Clock,
    private readonly reader: FeedReader,
    private readonly invalidations: Invalidations,
    @Inject(BACKGROUND_JOBS) private readonly runs: boolean,
    @Optional() @Inject(REVOCATION_BUS) private readonly bus?: RevocationBus,
  ) {
    this.since = clock.monotonic();
  }

  onApplicationBootstrap(): void {
    if (!this.runs) return;
    this.bus?.start({
      onMessage: (message) => this.hear(message),
      onUp: () => this.turnedUp(),
      onDown: (reason) => this.turnedDown(reason),
    });
  }

  /** Not before the last request has been answered: it may have ended something. */
  async onApplicationShutdown(): Promise<void> {
    await this.sending;
    this.isUp = false;
    if (this.runs) await this.bus?.stop();
  }

  /** Tells the other replicas, soon and without making anybody wait. */
  tell(revocation: Revocation): void {
    if (!this.bus || !this.isUp) return;
    this.waiting.push(revocation);
    if (this.waiting.length > MOST_WAITING) this.waiting = [{ kind: 'everything' }];
    this.sending ??= this.send(this.bus);
  }

  figures(): HintFigures {
    const bus = this.bus === undefined ? 'off' : this.isUp ? 'up' : 'down';
    return { bus, busSinceMs: this.clock.monotonic() - this.since, ...this.counts };
  }

  /** One message at a time: what comes meanwhile goes into the next one, however much it is. */
  private async send(bus: RevocationBus): Promise<void> {
    // All that one transaction has ended is told together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const revocations = this.waiting.splice(0, MOST_IN_A_HINT);
      try {
        await bus.publish(textOf({ sender: this.sender, revocations }));
        this.counts.sent += 1;
      } catch {
        this.counts.failed += 1;
      }
    }
    this.sending = undefined;
  }

  private hear(message: string): void {
    const hint = hintIn(message);
    if (hint?.sender === this.sender) return;
    this.counts.received += 1;
    if (!hint) {
      // Of another release, perhaps: the feed has it in any case.
      this.counts.strange += 1;
      this.reader.hasten();
      return;
    }
    for (const revocation of hint.revocations) this.apply(revocation);
  }

  /** Nobody who can write to the bus can empty the caches: everything is read from the feed. */
  private apply(revocation: Revocation): void {
    if (revocation.kind === 'everything') this.reader.hasten();
    else this.invalidations.apply(revocation);
  }

  private turnedUp(): void {
    if (this.isUp) return;
    this.turn(true);
    this.hasToldDown = false;
    this.logger.log({ event: 'revocation_bus_up' });
    // What was told in the meantime is lost.
    this.reader.hasten();
  }

  private turnedDown(reason: string): void {
    if (this.isUp) this.turn(false);
    if (this.hasToldDown) return;
    this.hasToldDown = true;
    this.logger.warn({ event: 'revocation_bus_down', reason });
  }

  private turn(isUp: boolean): void {
    this.isUp = isUp;
    this.since = this.clock.monotonic();
    if (!isUp) this.waiting = [];
  }
}
