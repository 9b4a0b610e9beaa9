import { Injectable } from '@nestjs/common';
import { FeedReader } from './feed-reader';
import { Freshness } from './freshness';
import { Invalidations } from './invalidations';
import type { Revocation } from './revocation';
import { RevocationHints, type HintFigures } from './revocation-hints';

/** How the feed is read, what was applied of it, and what the hints do. */
export interface RevocationReport extends HintFigures {
  /** How long ago the last completed reading of the feed was sent, in milliseconds; `undefined`: none ever was. */
  feedAgeMs: number | undefined;
  /** Whether what is in memory may answer; otherwise every request asks the database. */
  isFresh: boolean;
  readings: number;
  failedReadings: number;
  /** How often something was dropped, by what it was; `everything` is how often all was. */
  applied: Readonly<Record<Revocation['kind'], number>>;
}

/** Tells whoever watches over the process how revocations come and go; the numbers count from its start. */
@Injectable()
export class RevocationFigures {
  private readonly applied: Record<Revocation['kind'], number> = { token: 0, account: 0, everything: 0 };

  constructor(
    private readonly freshness: Freshness,
    private readonly reader: FeedReader,
    private readonly hints: RevocationHints,
    invalidations: Invalidations,
  ) {
    invalidations.onApplied(({ kind }) => (this.applied[kind] += 1));
  }

  read(): RevocationReport {
    return {
      feedAgeMs: this.freshness.ageMs(),
      isFresh: this.freshness.isFresh(),
      readings: this.reader.readings,
      failedReadings: this.reader.failedReadings,
      applied: { ...this.applied },
      ...this.hints.figures(),
    };
  }
}
