import { Injectable } from '@nestjs/common';
import { firstPage, type Page } from '../database/page';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { SecurityEvent, SecurityEventType } from './security-event';

/** Which events, and how many. */
export interface EventsWanted {
  type?: SecurityEventType;
  /** A UUID: only events before the one that has it. */
  before?: string;
  /** At least 1. */
  limit: number;
}

interface EventRow {
  id: string;
  account_id: string | null;
  type: SecurityEventType;
  token_id: string | null;
  actor_id: string | null;
  provider: string | null;
  client_address: string | null;
  user_agent: string | null;
  details: SecurityEvent['details'] | null;
  at: Date;
}

const COLUMNS = 'id, account_id, type, token_id, actor_id, provider, client_address, user_agent, details, at';

/** Reads the security log, page by page. */
@Injectable()
export class SecurityLogReader {
  constructor(private readonly database: SocialAuthDatabase) {}

  /** Events of one account. */
  async ofAccount(accountId: string, wanted: EventsWanted): Promise<Page<SecurityEvent>> {
    return this.read([['account_id =', accountId]], wanted);
  }

  /** Events of everybody and nobody: for administrators alone. */
  async ofAll(wanted: EventsWanted): Promise<Page<SecurityEvent>> {
    return this.read([], wanted);
  }

  private async read(
    conditions: [string, string][],
    { type, before, limit }: EventsWanted,
  ): Promise<Page<SecurityEvent>> {
    if (type !== undefined) conditions.push(['type =', type]);
    if (before !== undefined) conditions.push(['id <', before]);
    const where = conditions.map(([condition], index) => `${condition} $${index + 1}`).join(' and ');
    const rows = await this.database.query<EventRow>({
      text: `select ${COLUMNS} from social_auth_event ${where && `where ${where}`} order by id desc limit ${limit + 1}`,
      values: conditions.map(([, value]) => value),
    });
    return firstPage(rows.map(eventOf), limit);
  }
}

function eventOf(row: EventRow): SecurityEvent {
  const hasClient = row.client_address !== null || row.user_agent !== null;
  return {
    id: row.id,
    type: row.type,
    at: row.at,
    accountId: row.account_id ?? undefined,
    tokenId: row.token_id ?? undefined,
    actorId: row.actor_id ?? undefined,
    provider: row.provider ?? undefined,
    client: hasClient
      ? { address: row.client_address ?? undefined, userAgent: row.user_agent ?? undefined }
      : undefined,
    details: row.details ?? undefined,
  };
}
