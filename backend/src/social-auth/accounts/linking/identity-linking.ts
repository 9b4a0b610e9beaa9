import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { ConflictError, LinkRefusedError, SignInForbiddenError } from '../../errors/social-auth.error';
import type { EventClient } from '../../security-log/security-event';
import { SecurityLog } from '../../security-log/security-log';
import { lockLivingAccount } from '../../tokens/living-token';
import type { Principal } from '../../tokens/principal';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { IdentityEntity } from '../identity.entity';
import { firstProfile, identityProfileOf, type IdentityProfile } from '../profile/profile-update';
import { lockIdentities } from '../sign-in/identity-lock';
import { isAdmitted } from '../sign-in/sign-in-admission';
import type { LinkOccasion } from '../sign-in/sign-in-decision';
import { SignInTransaction, type ProvenIdentity } from '../sign-in/sign-in.transaction';
import { Tombstones } from '../sign-in/tombstones';
import { linkedEvent } from './identity-events';
import { LinkTickets } from './link-tickets';

/** Links further identities to accounts whose owners ask for it; both sides have been proven just now. */
@Injectable()
export class IdentityLinking {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly securityLog: SecurityLog,
    private readonly tickets: LinkTickets,
    private readonly tombstones: Tombstones,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
  ) {}

  /** See {@link AccountsService.linkIdentity}. */
  async link(principal: Principal, credential: VerifiedCredential, client: EventClient): Promise<void> {
    const { identity } = credential;
    if (!isAdmitted(identity, this.rules)) throw new SignInForbiddenError('sign_in_not_allowed');
    await this.database.transaction(async (manager) => {
      await lockIdentities(manager, [identity]);
      await lockLivingAccount(manager, principal);
      await this.tombstones.refuseOlder(manager, credential);
      await this.attach(manager, principal.account.id, identity, firstProfile(identity), 'explicit', client);
    });
  }

  /** See {@link AccountsService.redeemLinkTicket}. */
  async redeem(principal: Principal, ticket: string, client: EventClient): Promise<void> {
    const accountId = principal.account.id;
    await this.database.transaction(async (manager) => {
      const found = await this.tickets.find(manager, accountId, ticket);
      if (!found) throw new LinkRefusedError('link_ticket_invalid');
      await lockIdentities(manager, [found]);
      await lockLivingAccount(manager, principal);
      if (!(await this.tickets.use(manager, found))) throw new LinkRefusedError('link_ticket_invalid');
      await this.attach(manager, accountId, found, identityProfileOf(found), 'ticket', client);
    });
  }

  /** In a transaction that holds the locks of the identity and of the account. */
  private async attach(
    manager: EntityManager,
    accountId: string,
    proven: ProvenIdentity,
    profile: IdentityProfile,
    how: LinkOccasion,
    client: EventClient,
  ): Promise<void> {
    const { issuer, subject } = proven;
    const known = await manager.findOneBy(IdentityEntity, { issuer, subject });
    if (known?.accountId === accountId) return;
    if (known) throw new ConflictError('identity_in_use');
    // An account that has proven no address may have been made by somebody else, for its owner to walk into.
    const isProven =
      profile.emailVerified && (await manager.existsBy(IdentityEntity, { accountId, emailVerified: true }));
    if (!isProven) throw new LinkRefusedError('email_not_verified');
    const identity = await new SignInTransaction(manager).addIdentity(accountId, proven, profile);
    await this.securityLog.record(manager, linkedEvent(identity, how, client));
  }
}
