import type { Revocation } from './revocation';

/** How many invalidations there had been when a look-up was sent. */
export type Stamp = number;

const MOST_REMEMBERED = 10_000;

const keyOf = (revocation: Exclude<Revocation, { kind: 'everything' }>): string =>
  revocation.kind === 'token' ? `token ${revocation.tokenId}` : `account ${revocation.accountId}`;

/**
 * Tells whether what a look-up has found may still be believed: not if its token, its account or everything was
 * invalidated since the look-up was sent. Of more than a number of invalidations, the oldest are taken for ones of
 * everything.
 */
export class Invalidations {
  private count = 0;
  /** Look-ups that were sent before this many invalidations hold no more. */
  private floor = 0;
  /** The number of the last invalidation of each token and account, the oldest first. */
  private readonly last = new Map<string, number>();

  constructor(private readonly most = MOST_REMEMBERED) {}

  /** A look-up is sent now. */
  sent(): Stamp {
    return this.count;
  }

  apply(revocation: Revocation): void {
    this.count += 1;
    if (revocation.kind === 'everything') this.collapse();
    else this.remember(keyOf(revocation));
  }

  /** Whether what a look-up found may be answered, shared or kept. */
  holds(stamp: Stamp, tokenId: string, accountId: string): boolean {
    const isUntouched = (key: string): boolean => (this.last.get(key) ?? 0) <= stamp;
    return (
      stamp >= this.floor &&
      isUntouched(keyOf({ kind: 'token', tokenId })) &&
      isUntouched(keyOf({ kind: 'account', accountId }))
    );
  }

  private collapse(): void {
    this.floor = this.count;
    this.last.clear();
  }

  private remember(key: string): void {
    // Anew, so that the map keeps them in the order of their numbers.
    this.last.delete(key);
    this.last.set(key, this.count);
    if (this.last.size <= this.most) return;
    const [oldest] = this.last;
    if (!oldest) return;
    this.last.delete(oldest[0]);
    this.floor = oldest[1];
  }
}
