import { Injectable, Optional } from '@nestjs/common';
import type { Revocation } from './revocation';

/** How many invalidations there had been when a look-up was sent. */
export type Stamp = number;

/** Drops at once what it keeps of somebody whose token or account was ended or narrowed. */
export type InvalidationListener = (revocation: Revocation) => void;

const MOST_REMEMBERED = 10_000;

const keyOf = (revocation: Exclude<Revocation, { kind: 'everything' }>): string =>
  revocation.kind === 'token' ? `token ${revocation.tokenId}` : `account ${revocation.accountId}`;

/**
 * Tells whether what a look-up has found may still be believed: not if its token, its account or everything was
 * invalidated since the look-up was sent. Of more than a number of invalidations, the oldest are taken for ones of
 * everything.
 */
@Injectable()
export class Invalidations {
  private count = 0;
  /** Look-ups that were sent before this many invalidations hold no more. */
  private floor = 0;
  /** The number of the last invalidation of each token and account, the oldest first. */
  private readonly last = new Map<string, number>();

  private readonly listeners = new Set<InvalidationListener>();

  constructor(@Optional() private readonly most = MOST_REMEMBERED) {}

  /**
   * Calls a listener for each invalidation, within {@link apply}: whoever looks afterwards finds nothing stale.
   *
   * @returns what ends the subscription.
   */
  onApplied(listener: InvalidationListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** A look-up is sent now. */
  sent(): Stamp {
    return this.count;
  }

  /** Takes the next number first, so that no listener can make room for what is on its way. */
  apply(revocation: Revocation): void {
    this.count += 1;
    if (revocation.kind === 'everything') this.collapse();
    else this.remember(keyOf(revocation));
    for (const listener of this.listeners) listener(revocation);
  }

  /** Whether what a look-up found may be answered, shared or kept. */
  holds(stamp: Stamp, tokenId: string, accountId: string): boolean {
    const isUntouched = (key: string): boolean => (this.last.get(key) ?? 0) <= stamp;
    if (stamp === this.count) return true;
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
