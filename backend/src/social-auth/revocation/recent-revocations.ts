import type { Revocation } from './revocation';

const MOST_KEPT = 10_000;

/** What was told of late, for those who begin to listen now: they may have let somebody in a moment before. */
export class RecentRevocations {
  private kept: { revocation: Revocation; at: number }[] = [];

  /** @param forMs For how long each is kept, in milliseconds of the clock of `at`. */
  constructor(
    private readonly forMs: number,
    private readonly most = MOST_KEPT,
  ) {}

  add(revocation: Revocation, at: number): void {
    this.kept.push({ revocation, at });
    if (this.kept.length > this.most) this.kept = [{ revocation: { kind: 'everything' }, at }];
  }

  since(now: number): Revocation[] {
    const first = this.kept.findIndex(({ at }) => at > now - this.forMs);
    this.kept = first < 0 ? [] : this.kept.slice(first);
    return this.kept.map(({ revocation }) => revocation);
  }
}
