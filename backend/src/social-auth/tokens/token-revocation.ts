import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { SocialAuthDatabase } from '../database/social-auth.database';
import type { EventContext } from '../security-log/security-event';
import { SecurityLog } from '../security-log/security-log';
import { lockAccount } from './account-lock';
import { TokenEnding } from './token-ending';

/** Ends tokens, with their rotations; the guard refuses them from then on. */
@Injectable()
export class TokenRevocation {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly ending: TokenEnding,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Ends one token of an account; ending it again changes nothing.
   *
   * @returns whether the account had such a token, living or not.
   */
  async revoke(accountId: string, tokenId: string, context: EventContext = {}): Promise<boolean> {
    if (!isUuid(accountId) || !isUuid(tokenId)) return false;
    return this.database.transaction(async (manager) => {
      await lockAccount(manager, accountId);
      const owned = await manager.query<object[]>('select 1 from social_auth_token where id = $1 and account_id = $2', [
        tokenId,
        accountId,
      ]);
      if (owned.length === 0) return false;
      const ended = await this.ending.endFamily(manager, accountId, tokenId);
      const event = { ...context, accountId, tokenId };
      if (ended > 0) await this.securityLog.record(manager, { type: 'token_revoked', ...event });
      return true;
    });
  }

  /** Ends every token of an account, but for one that is kept and its rotations. */
  async revokeAll(accountId: string, context: EventContext = {}, keptTokenId?: string): Promise<void> {
    if (!isUuid(accountId)) return;
    await this.database.transaction(async (manager) => {
      if (!(await lockAccount(manager, accountId))) return;
      // Recorded even where it is 0: of tokens that providers issued, there is nothing to count.
      const ended = await this.ending.endAll(manager, accountId, keptTokenId);
      const details = { ended, kept: keptTokenId !== undefined };
      await this.securityLog.record(manager, { ...context, type: 'all_tokens_revoked', accountId, details });
    });
  }
}
