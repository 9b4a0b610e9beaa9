import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { EventClient } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import { lockAccount } from './account-lock';
import { TokenDigest } from './token-digest';
import { TokenEnding } from './token-ending';
import { TokenFormat } from './token-format';

/** A token that somebody found where it does not belong. */
interface FoundToken {
  id: string;
  account_id: string;
  provider: string;
}

const FIND = `
  select id, account_id, provider from social_auth_token where digest = any($1::bytea[])`;

const WAS_REPORTED = `
  select 1 from social_auth_event where account_id = $1 and token_id = $2 and type = 'token_leaked' limit 1`;

/** Ends tokens that were found in public places. */
@Injectable()
export class LeakedTokens {
  private readonly logger = new Logger(LeakedTokens.name);

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly ending: TokenEnding,
    private readonly securityLog: SecurityLog,
    private readonly format: TokenFormat,
    private readonly digest: TokenDigest,
  ) {}

  /**
   * Ends a token with its rotations, if it is one of ours, and tells its owner in the log; whoever reports it learns
   * nothing. Junk is told apart without asking the database.
   *
   * @throws DatabaseUnavailableError
   */
  async report(token: string, client: EventClient): Promise<void> {
    if (!this.format.recognises(token)) return;
    const [found] = await this.database.query<FoundToken>({
      text: FIND,
      values: [this.digest.candidates(token)],
    });
    if (found) await this.database.transaction((manager) => this.end(manager, found, client));
  }

  private async end(manager: EntityManager, found: FoundToken, client: EventClient): Promise<void> {
    const { id: tokenId, account_id: accountId, provider } = found;
    if (!(await lockAccount(manager, accountId))) return;
    const ended = await this.ending.endFamily(manager, accountId, tokenId);
    // Once each: scanners report what they find again and again, and everybody can.
    const reports = await manager.query<object[]>(WAS_REPORTED, [accountId, tokenId]);
    if (ended === 0 && reports.length > 0) return;
    await this.securityLog.record(manager, {
      type: 'token_leaked',
      accountId,
      tokenId,
      provider,
      client,
      details: { ended },
    });
    this.logger.warn({ event: 'token_leaked', account: accountId, token: tokenId, ended });
  }
}
