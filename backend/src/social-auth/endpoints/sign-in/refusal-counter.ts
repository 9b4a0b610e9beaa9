import { Injectable } from '@nestjs/common';

/** How often sign-ins through a provider ended with a code since the start of this process. */
export interface RefusalCount {
  provider: string;
  /** Of the error catalogue, or `http_<status>` for an error of the host's own. */
  code: string;
  count: number;
}

/** More pairs than these are never told apart, so that nobody can make the labels of a metric grow. */
const MOST_PAIRS = 1_000;

const OTHERS = 'others';

/** Counts sign-ins that were refused or failed, for the metrics of a host. */
@Injectable()
export class RefusalCounter {
  private readonly counts = new Map<string, RefusalCount>();

  count(provider: string, code: string): void {
    const known = this.counts.get(`${provider} ${code}`);
    if (known) known.count += 1;
    else if (this.counts.size < MOST_PAIRS || provider === OTHERS) this.add(provider, code);
    else this.count(OTHERS, OTHERS);
  }

  /** All counts, in the order in which the pairs first came. */
  get totals(): readonly Readonly<RefusalCount>[] {
    return [...this.counts.values()].map((count) => ({ ...count }));
  }

  private add(provider: string, code: string): void {
    this.counts.set(`${provider} ${code}`, { provider, code, count: 1 });
  }
}
