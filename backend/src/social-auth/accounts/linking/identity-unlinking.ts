import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { ConflictError, NotFoundError } from '../../errors/social-auth.error';
import { Announcements } from '../../revocation/announcements';
import type { EventClient } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { lockLivingAccount } from '../../tokens/living-token';
import type { Principal } from '../../tokens/principal';
import { TokenEnding } from '../../tokens/token-ending';
import { AccountEntity } from '../account.entity';
import { IdentityEntity } from '../identity.entity';
import { followIdentity } from '../profile/account-profile';
import { Tombstones } from '../sign-in/tombstones';
import { unlinkedEvent } from './identity-events';
import { identitiesOf } from './identity-list';
import { nextPrimary } from './next-primary';

/** Takes identities from accounts. */
@Injectable()
export class IdentityUnlinking {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly ending: TokenEnding,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    private readonly tombstones: Tombstones,
  ) {}

  /** See {@link AccountsService.unlinkIdentity}. */
  async unlink(principal: Principal, identityId: string, client: EventClient): Promise<void> {
    if (!isUuid(identityId)) throw new NotFoundError();
    const accountId = principal.account.id;
    await this.database.transaction(async (manager) => {
      await lockLivingAccount(manager, principal);
      const identities = await identitiesOf(manager, accountId);
      const unlinked = identities.find(({ id }) => id === identityId.toLowerCase());
      if (!unlinked) throw new NotFoundError();
      const others = identities.filter((identity) => identity !== unlinked);
      if (others.length === 0) throw new ConflictError('last_identity');
      await manager.delete(IdentityEntity, { id: unlinked.id });
      await this.tombstones.layUnlinked(manager, unlinked);
      const ended = await this.ending.endOfIdentity(manager, accountId, unlinked);
      // Of the provider's own tokens there are no rows, and none says through which identity it came.
      this.announcements.announce(manager, { kind: 'account', accountId });
      if (unlinked.isPrimary) await this.promote(manager, accountId, nextPrimary(others));
      await this.securityLog.record(manager, unlinkedEvent(unlinked, ended, client));
    });
  }

  /** Makes an identity the one whose profile is the account's. */
  private async promote(manager: EntityManager, accountId: string, identity: IdentityEntity): Promise<void> {
    await manager.update(IdentityEntity, { id: identity.id }, { isPrimary: true });
    const account = await manager.findOneByOrFail(AccountEntity, { id: accountId });
    await followIdentity(manager, account, identity, 'gone');
  }
}
