import type { Clock } from '../clock/clock';
import { presentOf, secondsBetween, type Moment } from '../clock/moment';
import { READABLE_MS } from '../database/purge';
import type { SocialAuthDatabase } from '../database/social-auth.database';
import type { Revocation } from './revocation';

/** After a longer while without a reading, rows may have been purged unread: with time for the reading itself. */
const LONGEST_GAP_SECONDS = READABLE_MS / 1_000 - 10;
/** How far back the first reading goes, and one after a failure beyond it. */
const OVERLAP_SECONDS = 60;
const MOST_ROWS = 10_000;

// Rows that the snapshot of the last reading did not show: the ids of a sequence tell the order in which transactions
// asked for them, not that in which they were committed. The first condition is the one for the index.
const READ = `
  select pg_current_snapshot()::text as snapshot,
         coalesce(extract(epoch from pg_postmaster_start_time())::text, '') as server,
         coalesce((select json_agg(row) from (
           select token_id, account_id from social_auth_revocation
            where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
               or at >= now() - make_interval(secs => $2::float8)
            order by id limit ${MOST_ROWS + 1}) row), '[]') as rows`;

interface FeedRow {
  token_id: string | null;
  account_id: string | null;
}

interface FeedAnswer {
  snapshot: string;
  /** When the server was started, which tells one from another. */
  server: string;
  rows: FeedRow[];
}

/** What a reading of the feed has brought. */
export interface FeedReading {
  revoked: Revocation[];
  /** When the reading was sent: it knows of everything that was committed by then. */
  sent: Moment;
}

/** One reader of the feed of revocations, with its own place in it. */
export class RevocationFeed {
  private last: { snapshot: string; server: string; moment: Moment } | undefined;
  private failed = false;

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads on from the last reading; the first one, and one after a failure, go back a minute further and may tell of
   * something again. Where rows may have been purged or lost, or are too many to tell apart, everything is revoked.
   *
   * @throws DatabaseUnavailableError, after which the next reading goes on.
   */
  async read(): Promise<FeedReading> {
    const moment = presentOf(this.clock);
    const gap = this.last ? secondsBetween(this.last.moment, moment) : 0;
    const { snapshot, server, rows } = await this.ask(gap);
    const isBroken =
      gap > LONGEST_GAP_SECONDS ||
      rows.length > MOST_ROWS ||
      (this.last !== undefined && isAnother({ snapshot, server }, this.last));
    this.last = { snapshot, server, moment };
    const revoked = isBroken ? [{ kind: 'everything' } as const] : rows.map(revocationOf);
    return { revoked, sent: moment };
  }

  private async ask(gap: number): Promise<FeedAnswer> {
    // After a failure the database may be another one, which uses the last numbers of the old one again.
    const overlap = this.last === undefined || this.failed ? gap + OVERLAP_SECONDS : null;
    this.failed = true;
    const values = [this.last?.snapshot ?? null, overlap];
    const [answer] = await this.database.query<FeedAnswer & object>({ text: READ, values });
    if (!answer) throw new Error('the feed gave no answer');
    this.failed = false;
    return answer;
  }
}

/**
 * Whether a copy of the database, or a standby that lacked the end, has taken over. It gives the last numbers anew: with
 * enough of them given, and no reading failed meanwhile, the start of the server alone tells.
 */
const isAnother = (now: Omit<FeedAnswer, 'rows'>, before: Omit<FeedAnswer, 'rows'>): boolean =>
  now.server !== before.server || oldestOpen(now.snapshot) < oldestOpen(before.snapshot);

const oldestOpen = (snapshot: string): bigint => BigInt(snapshot.split(':')[0] ?? 0);

function revocationOf({ token_id, account_id }: FeedRow): Revocation {
  if (token_id !== null) return { kind: 'token', tokenId: token_id };
  return account_id === null ? { kind: 'everything' } : { kind: 'account', accountId: account_id };
}
