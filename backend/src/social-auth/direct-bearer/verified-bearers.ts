import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/clock';
import { presentOf, secondsBetween, type Moment } from '../clock/moment';
import type { Invalidations, Stamp } from '../revocation/invalidations';
import type { Principal } from '../tokens/principal';

const MOST_TOKENS = 10_000;

/** When an account was read, so that it can be told for how long the answer may be believed. */
export interface Reading {
  stamp: Stamp;
  sentAt: Moment;
}

interface Entry extends Reading {
  principal: Principal;
  lifeMs: number;
}

/**
 * What was verified of tokens that others issued, by their digests. Each entry is believed for a time that is counted from
 * the moment at which its account was read, not after the token's end, and not once anything of it was invalidated
 * since. All of that is compared at each hit, so that no timer has to run.
 */
export class VerifiedBearers {
  private readonly entries: LRUCache<string, Entry>;

  constructor(
    private readonly clock: Clock,
    private readonly invalidations: Invalidations,
    most = MOST_TOKENS,
  ) {
    this.entries = new LRUCache({ max: most });
  }

  /** How many tokens are kept, whether they are still believed or not. */
  get size(): number {
    return this.entries.size;
  }

  /** A reading of an account begins now. */
  reading(): Reading {
    return { stamp: this.invalidations.sent(), sentAt: presentOf(this.clock) };
  }

  /** Whether what was read of a principal's account may still be answered. */
  holds({ stamp }: Reading, { token, account }: Principal): boolean {
    return this.invalidations.holds(stamp, token.id, account.id);
  }

  get(digest: string): Principal | undefined {
    const entry = this.entries.get(digest);
    if (entry === undefined || this.isBelieved(entry)) return entry?.principal;
    this.entries.delete(digest);
    return undefined;
  }

  /** Keeps a principal for at most so many milliseconds after its reading; what may not be kept for any time, is not. */
  keep(digest: string, principal: Principal, reading: Reading, lifeMs: number): void {
    const entry = { ...reading, principal, lifeMs };
    if (this.isBelieved(entry)) this.entries.set(digest, entry);
  }

  private isBelieved(entry: Entry): boolean {
    const now = presentOf(this.clock);
    return (
      secondsBetween(entry.sentAt, now) * 1_000 < entry.lifeMs &&
      now.wall < entry.principal.token.expiresAt.getTime() &&
      this.holds(entry, entry.principal)
    );
  }
}
