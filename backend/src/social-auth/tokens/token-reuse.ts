import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { EventClient } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import { lockAccount } from './account-lock';
import { TokenEnding } from './token-ending';

const SUCCESSOR = `
  select s.last_used_at is not null as is_used
    from social_auth_token t join social_auth_token s on s.id = t.successor_id
   where t.id = $1 and t.revoked_at is null`;

interface SuccessorRow {
  is_used: boolean;
}

/**
 * Detects that a token is presented although its successor is in use: one of the two was stolen, and nobody can tell
 * which, so that both end. [RFC 9700 4.14.2]
 */
@Injectable()
export class TokenReuse {
  private readonly logger = new Logger(TokenReuse.name);

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly ending: TokenEnding,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Ends the family of a superseded token whose successor was used.
   *
   * @returns whether the token is of no use any more; otherwise nothing has changed.
   */
  async detect(accountId: string, tokenId: string): Promise<boolean> {
    // Without a lock first: whoever keeps presenting an old token must not keep its owner's sign-ins waiting.
    const [seen] = await this.database.query<SuccessorRow>({ text: SUCCESSOR, values: [tokenId] });
    // No row: another request has ended the family meanwhile, or the successor was deleted after its own end.
    if (!seen) return true;
    if (!seen.is_used) return false;
    await this.database.transaction(async (manager) => {
      await lockAccount(manager, accountId);
      await this.end(manager, accountId, tokenId);
    });
    return true;
  }

  /** Ends the family of such a token in a transaction that holds the account's lock, and records why. */
  async end(manager: EntityManager, accountId: string, tokenId: string, client?: EventClient): Promise<void> {
    const ended = await this.ending.endFamily(manager, accountId, tokenId);
    // Of several presentations at once, the first has ended it.
    if (ended === 0) return;
    const event = { accountId, tokenId, ...(client && { client }), details: { ended } };
    await this.securityLog.record(manager, { type: 'token_reuse_detected', ...event });
    this.logger.warn({ event: 'token_reuse_detected', account: accountId, token: tokenId, ended });
  }
}
