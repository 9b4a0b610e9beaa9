import { Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { Announcements } from '../../revocation/announcements';
import type { EventContext } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { lockForChange } from './account-change';

// With the identities': the account follows its primary one, and a sign-in without an address brings back what that holds.
const RELEASE_OF_IDENTITIES = `
  update social_auth_identity set email = null, email_verified = false, email_authoritative = false
   where account_id = $1 and lower(email collate "C") = lower($2 collate "C")`;

const RELEASE_OF_ACCOUNT = `update social_auth_account set email = null, email_verified = false where id = $1`;

/** Takes addresses from accounts whose people do not hold them any more. */
@Injectable()
export class EmailRelease {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Takes an account's address from it, so that whoever holds it now can sign in; without an address nothing changes.
   *
   * @throws NotFoundError
   */
  async release(accountId: string, context: EventContext): Promise<void> {
    await this.database.transaction(async (manager) => {
      const { account } = await lockForChange(manager, accountId, context.actorId);
      if (account.email === null) return;
      await manager.query(RELEASE_OF_IDENTITIES, [accountId, account.email]);
      await manager.query(RELEASE_OF_ACCOUNT, [accountId]);
      this.announcements.announce(manager, { kind: 'account', accountId });
      await this.securityLog.record(manager, { ...context, type: 'email_released', accountId });
    });
  }
}
