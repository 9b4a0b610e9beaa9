import type { Moment } from '../clock/moment';

/** A token and the moment of its last use. */
export type PendingUse = readonly [tokenId: string, moment: Moment];

/** The last uses that are not written yet: one for each token, and never more than a number. */
export class PendingUses {
  private readonly uses = new Map<string, Moment>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.uses.size;
  }

  /**
   * Remembers the latest use of a token.
   *
   * @returns whether there was room; otherwise it is the next use that counts.
   */
  add(tokenId: string, moment: Moment): boolean {
    const hasRoom = this.uses.size < this.most || this.uses.has(tokenId);
    if (hasRoom) this.uses.set(tokenId, moment);
    return hasRoom;
  }

  /** Takes some out, those that have waited longest first. */
  take(count: number): PendingUse[] {
    const taken: PendingUse[] = [];
    for (const use of this.uses) {
      if (taken.length === count) break;
      taken.push(use);
    }
    for (const [tokenId] of taken) this.uses.delete(tokenId);
    return taken;
  }

  /** Puts back what could not be written, but for tokens that were used again meanwhile. */
  putBack(uses: readonly PendingUse[]): void {
    for (const [tokenId, moment] of uses) {
      if (!this.uses.has(tokenId)) this.add(tokenId, moment);
    }
  }
}
