import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { NotFoundError } from '../../errors/social-auth.error';
import { Announcements } from '../../revocation/announcements';
import type { EventContext } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { lockLivingAccount } from '../../tokens/living-token';
import type { Principal } from '../../tokens/principal';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { AccountEntity } from '../account.entity';
import { IdentityEntity } from '../identity.entity';
import { Tombstones } from '../sign-in/tombstones';

/** Deletes accounts, with everything that is kept of their people. */
@Injectable()
export class AccountDeletion {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    private readonly tombstones: Tombstones,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /**
   * Deletes an account with its identities, tokens and log, and whatever the host's hook removes, in one transaction.
   * What stays is the event of the deletion, without an address, and for a day the digest of each identity.
   *
   * @throws NotFoundError
   */
  async delete(accountId: string, { actorId }: EventContext): Promise<void> {
    if (!isUuid(accountId)) throw new NotFoundError();
    await this.database.transaction((manager) => this.deleteIn(manager, accountId, actorId));
  }

  /**
   * Deletes the account of a request alike.
   *
   * @throws TokenEndedError if its token has ended meanwhile: whoever was disabled makes no new account that way.
   */
  async deleteOwn(principal: Principal): Promise<void> {
    await this.database.transaction(async (manager) => {
      await lockLivingAccount(manager, principal);
      await this.deleteIn(manager, principal.account.id);
    });
  }

  private async deleteIn(manager: EntityManager, accountId: string, actorId?: string): Promise<void> {
    const account = await manager.findOne(AccountEntity, {
      where: { id: accountId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account) throw new NotFoundError('There is no such account.');
    await this.policy.onAccountDeleted?.(account, manager);
    await this.tombstones.lay(manager, await manager.findBy(IdentityEntity, { accountId: account.id }));
    await manager.query('delete from social_auth_event where account_id = $1', [account.id]);
    await manager.delete(AccountEntity, { id: account.id });
    this.announcements.announce(manager, { kind: 'account', accountId: account.id });
    await this.securityLog.record(manager, { type: 'account_deleted', accountId: account.id, actorId });
  }
}
