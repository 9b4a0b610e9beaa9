import type { Clock } from '../clock/clock';
import { presentOf, secondsBetween, type Moment } from '../clock/moment';

/** How far apart the two clocks of a machine may run between two readings, as a part of the bound. */
const DRIFT_PART = 4;

/**
 * Whether what was read before may be believed without asking the database: only while a completed reading of the feed
 * was sent within the bound. It is compared at each question: a timer is late on a busy machine, and a flag stays set in
 * one that was suspended.
 */
export class Freshness {
  private last: Moment | undefined;

  /** @param onDrift Called when the clocks ran apart, as in a machine that was suspended: nothing that is timed holds. */
  constructor(
    private readonly clock: Clock,
    private readonly boundMs: number,
    private readonly onDrift: () => void,
  ) {}

  /** Everything that was committed until a reading was sent has been applied. */
  readCompleted(sent: Moment): void {
    if (this.last && sent.steady < this.last.steady) return;
    // Nobody may have asked since: what is kept by the steady clock, the end of a token for one, comes late from then on.
    if (this.last && this.haveRunApart(this.last, sent)) this.onDrift();
    this.last = sent;
  }

  /** @param now The present, where it has been read already. */
  isFresh(now: Moment = presentOf(this.clock)): boolean {
    if (!this.last) return false;
    if (this.haveRunApart(this.last, now)) {
      this.last = undefined;
      this.onDrift();
      return false;
    }
    // By the clock on which more has passed: a suspension that is too short for a drift counts as well.
    return secondsBetween(this.last, now) * 1_000 <= this.boundMs;
  }

  /** How long ago the last completed reading was sent, in milliseconds; `undefined`: there is none. */
  ageMs(): number | undefined {
    return this.last && secondsBetween(this.last, presentOf(this.clock)) * 1_000;
  }

  private haveRunApart(earlier: Moment, later: Moment): boolean {
    const drift = later.wall - earlier.wall - (later.steady - earlier.steady);
    return Math.abs(drift) > this.boundMs / DRIFT_PART;
  }
}
