import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { InvalidRequestError } from '../../errors/social-auth.error';
import { Announcements } from '../../revocation/announcements';
import type { EventContext } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import type { VerifiedIdentity } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import type { AccountEntity } from '../account.entity';
import { ADMIN_ROLE, lockForChange, requireAdministrator } from './account-change';
import { asRoles, sameRoles } from './role-list';

const UPDATE = 'update social_auth_account set roles = $2 where id = $1';

/** Gives roles to accounts and takes them away; `@RequireRoles()` sees it from the next request on. */
@Injectable()
export class AccountRoles {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
  ) {}

  /**
   * Makes these the roles of an account, in place of those that it has.
   *
   * @throws NotFoundError
   * @throws InvalidRequestError if they are no list of roles, or an administrator would give up that role.
   * @throws RoleRequiredError if somebody who is no administrator would make one, or take that role from one.
   */
  async set(accountId: string, roles: readonly string[], context: EventContext): Promise<void> {
    const wanted = asRoles(roles);
    if (!wanted) throw new InvalidRequestError('The roles are not a list of at most 32 names.');
    await this.database.transaction(async (manager) => {
      const change = await lockForChange(manager, accountId, context.actorId);
      const former = change.account.roles;
      if (former.includes(ADMIN_ROLE) !== wanted.includes(ADMIN_ROLE)) {
        requireAdministrator(change, `take the role "${ADMIN_ROLE}" from`);
      }
      if (change.account.kind === 'machine' && wanted.includes(ADMIN_ROLE)) {
        throw new InvalidRequestError('The account is one of a machine, which cannot be an administrator.');
      }
      // Before it is known whether there is anything to do: another replica may have done it a moment ago.
      this.announcements.announce(manager, { kind: 'account', accountId });
      if (sameRoles(former, wanted)) return;
      await manager.query(UPDATE, [accountId, wanted]);
      const details = { roles: wanted, former };
      await this.securityLog.record(manager, { ...context, type: 'roles_changed', accountId, details });
    });
  }

  /**
   * Makes an administrator of whoever signs in as an identity that the settings name, in the transaction of the sign-in,
   * which holds the account's lock.
   */
  async grantListed(
    manager: EntityManager,
    account: AccountEntity,
    { provider, subject }: VerifiedIdentity,
    context: EventContext,
  ): Promise<void> {
    const { adminIdentities } = this.rules;
    // The routes of administrators are for people.
    const isListed =
      account.kind === 'person' &&
      adminIdentities.some((listed) => listed.provider === provider && listed.subject === subject);
    if (!isListed || account.roles.includes(ADMIN_ROLE)) return;
    const former = account.roles;
    account.roles = [...former, ADMIN_ROLE].sort();
    await manager.query(UPDATE, [account.id, account.roles]);
    this.announcements.announce(manager, { kind: 'account', accountId: account.id });
    const details = { roles: account.roles, former, listed: true };
    await this.securityLog.record(manager, {
      ...context,
      type: 'roles_changed',
      accountId: account.id,
      provider,
      details,
    });
  }
}
