import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../clock/clock';
import { presentOf } from '../clock/moment';
import { Freshness } from '../revocation/freshness';
import { Invalidations } from '../revocation/invalidations';
import type { Revocation } from '../revocation/revocation';
import { CacheIndex } from './cache-index';
import { LastUse } from './last-use';
import { LookupFigures } from './lookup-figures';
import type { LookedUpToken } from './looked-up-token';
import type { Principal } from './principal';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** Moments are those of the steady clock. */
interface CachedToken {
  readonly principal: Principal;
  /** It must be looked up again from then on. */
  readonly until: number;
  /** The next use from then on is to be recorded. */
  noteFrom: number;
}

/**
 * The principals of tokens that were looked up of late, by SHA-256 of the token: neither a token nor what it is stored
 * under. It answers only while the feed of revocations is known up to within the bound, and drops at once whatever is
 * invalidated. [docs/tokens.md]
 */
@Injectable()
export class TokenCache {
  private readonly entries: LRUCache<string, CachedToken> | undefined;
  private readonly ofToken = new CacheIndex();
  private readonly ofAccount = new CacheIndex();

  constructor(
    private readonly clock: Clock,
    private readonly freshness: Freshness,
    private readonly lastUse: LastUse,
    private readonly figures: LookupFigures,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    invalidations: Invalidations,
  ) {
    if (rules.cache.size === 0) return;
    this.entries = new LRUCache<string, CachedToken>({
      max: rules.cache.size,
      dispose: (entry, key) => this.forget(entry, key),
    });
    invalidations.onApplied((revocation) => this.drop(revocation));
  }

  /** The principal of a token, if it may be believed without asking the database; that is a use of the token. */
  get(key: string): Principal | undefined {
    const entry = this.entries?.get(key);
    if (!entry) return undefined;
    const now = presentOf(this.clock);
    if (now.steady >= entry.until || !this.freshness.isFresh(now)) return undefined;
    if (now.steady >= entry.noteFrom) this.note(entry, now.steady);
    this.figures.hits += 1;
    return entry.principal;
  }

  /**
   * Keeps what was looked up, for no longer than its end and its grace have it, and than the rules say.
   *
   * @param sentAt When the look-up was sent, on the steady clock; nothing has been invalidated since.
   * @param notedFor For how many seconds from then no use of the token needs to be noted.
   */
  keep(key: string, token: LookedUpToken, sentAt: number, notedFor: number): void {
    const { principal, endsIn, isUnusedSuccessor } = token;
    // The first use of a successor, and every use of a token that has one, are the database's to judge.
    if (!this.entries || principal.token.isSuperseded || isUnusedSuccessor || !this.freshness.isFresh()) return;
    // In whole milliseconds: in the first weeks of a process they take no room of their own.
    const until = Math.floor(sentAt + Math.min(endsIn, this.rules.cache.seconds) * 1_000);
    this.entries.set(key, { principal, until, noteFrom: Math.ceil(sentAt + notedFor * 1_000) });
    this.ofToken.add(principal.token.id, key);
    this.ofAccount.add(principal.account.id, key);
    this.figures.cached = this.entries.size;
  }

  private note(entry: CachedToken, now: number): void {
    entry.noteFrom = Math.ceil(now + this.lastUse.note(entry.principal.token.id, null) * 1_000);
  }

  private drop(revocation: Revocation): void {
    switch (revocation.kind) {
      case 'everything':
        this.entries?.clear();
        break;
      case 'token':
        for (const key of this.ofToken.of(revocation.tokenId)) this.entries?.delete(key);
        break;
      case 'account':
        for (const key of this.ofAccount.of(revocation.accountId)) this.entries?.delete(key);
    }
    this.figures.cached = this.entries?.size ?? 0;
  }

  /** Called for whatever leaves: evicted, dropped or replaced. */
  private forget({ principal }: CachedToken, key: string): void {
    this.ofToken.delete(principal.token.id, key);
    this.ofAccount.delete(principal.account.id, key);
  }
}
