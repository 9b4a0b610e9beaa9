import { Injectable } from '@nestjs/common';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { Announcements } from '../../revocation/announcements';
import type { EventContext } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { TokenEnding } from '../../tokens/token-ending';
import { ADMIN_ROLE, lockForChange, requireAdministrator } from './account-change';

/** Takes accounts out of use, and back into it. */
@Injectable()
export class AccountStatus {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly ending: TokenEnding,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Refuses an account's sign-ins from now on, and ends its tokens for good; doing so again changes nothing.
   *
   * @throws NotFoundError
   * @throws InvalidRequestError if an administrator would disable themselves.
   * @throws RoleRequiredError if somebody who is no administrator would disable one.
   */
  disable(accountId: string, context: EventContext): Promise<void> {
    return this.set(accountId, context, 'disabled');
  }

  /**
   * Lets an account sign in again; no token from before comes back to life.
   *
   * @throws NotFoundError
   */
  enable(accountId: string, context: EventContext): Promise<void> {
    return this.set(accountId, context, 'enabled');
  }

  private async set(accountId: string, context: EventContext, status: 'disabled' | 'enabled'): Promise<void> {
    await this.database.transaction(async (manager) => {
      const change = await lockForChange(manager, accountId, context.actorId);
      const disabled = status === 'disabled';
      if (disabled && change.account.roles.includes(ADMIN_ROLE)) requireAdministrator(change, 'disable');
      // Before it is known whether there is anything to do: another replica may have done it a moment ago.
      if (disabled) this.announcements.announce(manager, { kind: 'account', accountId });
      if (change.account.disabled === disabled) return;
      // On the way back too: somebody may have disabled the account by a statement that left its tokens as they were.
      const ended = await this.ending.endAll(manager, accountId);
      const moment = disabled ? 'now()' : 'null';
      await manager.query(`update social_auth_account set disabled_at = ${moment} where id = $1`, [accountId]);
      await this.securityLog.record(manager, { ...context, type: `account_${status}`, accountId, details: { ended } });
    });
  }
}
