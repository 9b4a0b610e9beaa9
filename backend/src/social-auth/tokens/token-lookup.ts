import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { PREPARED_STATEMENTS } from '../database/prepared-statements';
import { SocialAuthDatabase, type Statement } from '../database/social-auth.database';
import { StatementBatches, type BatchLimits } from '../database/statement-batches';
import { Invalidations, type Stamp } from '../revocation/invalidations';
import { LastUse } from './last-use';
import { digestOf, LOOK_UP, lookedUpToken, type LookedUpToken, type TokenRow } from './looked-up-token';
import { LookupFigures } from './lookup-figures';
import type { Principal } from './principal';
import { TokenCache } from './token-cache';
import { TokenDigest, tokenHashOf } from './token-digest';
import { TokenFormat } from './token-format';
import { TokenReuse } from './token-reuse';
import { TOKEN_RULES, type TokenRules } from './token-rules';

/** They suit a pool of ten connections. */
const LIMITS: BatchLimits = { questions: 250, abreast: 1, underWay: 4, waiting: 10_000, patienceMs: 2_000, slowMs: 25 };

/** Of a look-up whose token or account keeps changing; the last one is answered and not kept. */
const MOST_READS = 3;

/** An array of digests as PostgreSQL writes it: pg would copy and quote them one by one. */
const arrayOf = (digests: readonly string[]): string => `{"\\\\x${digests.join('","\\\\x')}"}`;

/** What a look-up has found, and when it was sent. */
interface Found extends LookedUpToken {
  stamp: Stamp;
  /** On the steady clock. */
  sentAt: number;
}

/** Finds the principal behind a presented token. */
@Injectable()
export class TokenLookup {
  private readonly batches: StatementBatches<string, Found>;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
    private readonly cache: TokenCache,
    private readonly invalidations: Invalidations,
    private readonly lastUse: LastUse,
    private readonly reuse: TokenReuse,
    private readonly clock: Clock,
    private readonly figures: LookupFigures,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    @Inject(PREPARED_STATEMENTS) private readonly prepared: boolean,
  ) {
    this.batches = new StatementBatches((keys) => this.send(keys), figures, LIMITS);
  }

  /**
   * The principal of a token that lives, or `undefined`: junk without asking the database, a token that was looked up of
   * late from memory and without a promise; unknown, expired and revoked tokens and those of disabled accounts by one
   * and the same statement, together with others that are presented at that moment.
   *
   * A token that was rotated is found as superseded once the grace is over; where its successor has been used, the
   * whole family is ended.
   *
   * @throws DatabaseUnavailableError also where too many look-ups are waiting, or this one for too long.
   */
  find(token: string): Principal | undefined | Promise<Principal | undefined> {
    if (!this.format.hasShape(token)) return undefined;
    const key = tokenHashOf(token);
    const cached = this.cache.get(key);
    if (cached) return cached;
    // Not before: what is cached has passed this once, and it takes half as long as a hit.
    if (!this.format.recognises(token)) return undefined;
    this.figures.misses += 1;
    return this.lookUp(key);
  }

  private lookUp(key: string, reads = 1): Promise<Principal | undefined> {
    return this.batches.ask(key, key).then((found) => found && this.judge(key, found, reads));
  }

  private judge(key: string, found: Found, reads: number): Principal | Promise<Principal | undefined> {
    const { account, token } = found.principal;
    const holds = this.invalidations.holds(found.stamp, token.id, account.id);
    // Each answer is younger than the request: one that keeps changing may be given, and not be kept.
    if (holds || reads >= MOST_READS) return this.accept(key, found, holds);
    this.figures.repeated += 1;
    return this.lookUp(key, reads + 1);
  }

  private accept(key: string, found: Found, holds: boolean): Principal | Promise<Principal | undefined> {
    const { account, token } = found.principal;
    if (token.isSuperseded) {
      return this.reuse.detect(account.id, token.id).then((isOver) => (isOver ? undefined : found.principal));
    }
    // Written before the first answer: whether the successor was used decides what its predecessor may still do.
    if (found.isUnusedSuccessor) {
      return this.lastUse.recordFirst(token.id).then((lives) => (lives ? found.principal : undefined));
    }
    const notedFor = this.lastUse.note(token.id, found.usedAgo);
    if (holds) this.cache.keep(key, found, found.sentAt, notedFor);
    return found.principal;
  }

  /** Looks up tokens by their keys, in one statement. */
  private async send(keys: readonly string[]): Promise<Map<string, Found>> {
    const keyOf = new Map<string, string>();
    for (const key of keys) {
      for (const digest of this.digest.hexCandidatesOf(key)) keyOf.set(digest, key);
    }
    const statement: Statement = {
      text: LOOK_UP,
      values: [arrayOf([...keyOf.keys()]), this.rules.rotationGraceSeconds],
    };
    if (this.prepared) statement.name = 'social_auth_token_lookup';
    const [stamp, sentAt] = [this.invalidations.sent(), this.clock.monotonic()];
    const rows = await this.database.query<TokenRow>(statement);
    const found = new Map<string, Found>();
    for (const row of rows) {
      const key = keyOf.get(digestOf(row));
      if (key !== undefined) found.set(key, { ...lookedUpToken(row), stamp, sentAt });
    }
    return found;
  }
}
