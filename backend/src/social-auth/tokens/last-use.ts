import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '../clock/clock';
import { presentOf, secondsBetween } from '../clock/moment';
import { RepeatedTask } from '../clock/repeated-task';
import { BACKGROUND_JOBS } from '../database/background-jobs';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { PendingUses, type PendingUse } from './pending-uses';
import { MOST_ROTATIONS } from './rotation-decision';
import { TOKEN_RULES, type TokenRules } from './token-rules';

const MOST_PENDING = 50_000;
const MOST_IN_A_STATEMENT = 1_000;
/** For all that is pending when the process stops, in milliseconds; a statement under way may go on for three seconds. */
const LAST_FLUSH_MS = 2_000;

// A row that is locked is passed over and told, to be tried again: this writer never waits for a transaction, and none
// deadlocks with it. What is recorded closely enough, by another process for instance, is not due.
const WRITE = `
  with used as (select * from unnest($1::uuid[], $2::float8[]) as used (id, ago)),
       due as (select id, now() - make_interval(secs => used.ago) as at
                 from used join social_auth_token t using (id)
                where t.revoked_at is null
                  and coalesce(t.last_used_at < now() - make_interval(secs => used.ago + $3::float8), true)),
       free as (select id from social_auth_token where id in (select id from due) and revoked_at is null
                 order by id for no key update skip locked),
       written as (update social_auth_token t set last_used_at = greatest(t.last_used_at, due.at)
                     from due join free using (id) where t.id = due.id)
  select id from due where id not in (select id from free)`;

// Not of a successor that was replaced unused: it has as many rotations as there can be.
const RECORD_FIRST = `
  update social_auth_token set last_used_at = greatest(last_used_at, now())
   where id = $1 and revoked_at is null and rotations < ${MOST_ROTATIONS}
  returning id`;

/**
 * Writes down when tokens were last used, behind the requests and in batches. With an interval of `lastUsedSeconds`, a
 * use is written within half of it, unless a use that is recorded lies less than the other half before it: what is
 * recorded is never further than the interval behind what was true half an interval ago.
 */
@Injectable()
export class LastUse implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(LastUse.name);
  private readonly pending = new PendingUses(MOST_PENDING);
  private readonly task = new RepeatedTask(
    () => this.flush(),
    () => this.rules.lastUsedSeconds * 500,
  );
  private flushes: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly clock: Clock,
    @Inject(TOKEN_RULES) private readonly rules: TokenRules,
    @Inject(BACKGROUND_JOBS) private readonly runs: boolean,
  ) {}

  onApplicationBootstrap(): void {
    if (this.runs && this.rules.lastUsedSeconds > 0) this.task.start();
  }

  /** While the connections to the database stand for certain. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
    await this.flush(LAST_FLUSH_MS);
  }

  /** What requests in flight have left since. */
  async onApplicationShutdown(): Promise<void> {
    // After a failure the database would only be waited for a second time.
    if (!this.failing) await this.flush(LAST_FLUSH_MS);
    if (this.pending.size > 0) this.logger.warn({ event: 'last_use_lost', tokens: this.pending.size });
  }

  /**
   * A token was accepted; `recordedAgo` is how long ago its recorded last use is, in seconds, or null.
   *
   * @returns for how many seconds no further use of it needs to be noted.
   */
  note(tokenId: string, recordedAgo: number | null): number {
    const { lastUsedSeconds } = this.rules;
    if (lastUsedSeconds === 0) return Infinity;
    const enough = lastUsedSeconds / 2;
    if (recordedAgo !== null && recordedAgo < enough) return enough - recordedAgo;
    return this.pending.add(tokenId, presentOf(this.clock)) ? enough : 0;
  }

  /**
   * Records the first use of a token at once.
   *
   * @returns whether the token still lives.
   */
  async recordFirst(tokenId: string): Promise<boolean> {
    return (await this.database.query({ text: RECORD_FIRST, values: [tokenId] })).length > 0;
  }

  /** Writes what is pending, until `withinMs` have passed; what cannot be written stays pending. */
  flush(withinMs = Infinity): Promise<void> {
    // One after the other: two at once would take two connections from requests.
    this.flushes = this.flushes.then(() => this.writePending(this.clock.monotonic() + withinMs));
    return this.flushes;
  }

  private async writePending(until: number): Promise<void> {
    const locked: PendingUse[] = [];
    let left = this.pending.size;
    while (left > 0 && this.clock.monotonic() < until) {
      const batch = this.pending.take(Math.min(left, MOST_IN_A_STATEMENT));
      left -= batch.length;
      try {
        const passedOver = await this.write(batch);
        locked.push(...batch.filter(([id]) => passedOver.has(id)));
        this.failing = false;
      } catch (error) {
        this.pending.putBack(batch);
        this.tell(error);
        break;
      }
    }
    this.pending.putBack(locked);
  }

  private async write(uses: readonly PendingUse[]): Promise<Set<string>> {
    const now = presentOf(this.clock);
    const ids = uses.map(([id]) => id);
    const agos = uses.map(([, moment]) => secondsBetween(moment, now));
    const values = [ids, agos, this.rules.lastUsedSeconds / 2];
    const rows = await this.database.query<{ id: string }>({ text: WRITE, values });
    return new Set(rows.map(({ id }) => id));
  }

  private tell(error: unknown): void {
    if (this.failing) return;
    this.failing = true;
    this.logger.warn({ event: 'last_use_not_written', tokens: this.pending.size, reason: (error as Error).name });
  }
}
