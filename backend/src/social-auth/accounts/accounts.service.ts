import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../errors/social-auth.error';
import type { EventContext } from '../security-log/security-event';
import type { Principal } from '../tokens/principal';
import { TokenRevocation } from '../tokens/token-revocation';
import type { VerifiedCredential } from '../verification/verified-credential';
import { AccountDeletion } from './administration/account-deletion';
import { AccountExport, type AccountData } from './administration/account-export';
import { AccountRoles } from './administration/account-roles';
import { AccountStatus } from './administration/account-status';
import { EmailRelease } from './administration/email-release';
import type { IdentityEntity } from './identity.entity';
import { IdentityLinking } from './linking/identity-linking';
import { IdentityList } from './linking/identity-list';
import { IdentityUnlinking } from './linking/identity-unlinking';
import type { SignInClient } from './sign-in-client';
import { SignIn, type SignInResult } from './sign-in/sign-in';

export type { SignInResult };

/**
 * What a host may do with accounts: a face over one class for each subject. Each method throws a DatabaseUnavailableError
 * if the database cannot be reached or does not answer in time.
 */
@Injectable()
export class AccountsService {
  constructor(
    private readonly signIns: SignIn,
    private readonly linking: IdentityLinking,
    private readonly unlinking: IdentityUnlinking,
    private readonly identities: IdentityList,
    private readonly revocation: TokenRevocation,
    private readonly roles: AccountRoles,
    private readonly status: AccountStatus,
    private readonly emails: EmailRelease,
    private readonly deletion: AccountDeletion,
    private readonly exports: AccountExport,
  ) {}

  /**
   * Signs a verified person in: account, identity, the host's hook and the token in one transaction.
   *
   * @throws EmailInUseError if another account has proven to own the verified address.
   * @throws AccountDisabledError
   * @throws SignInForbiddenError if no new accounts are made, or the identity is on no list of those that may come in.
   * @throws ProviderTokenRefusedError if the person's account was deleted after the credential was issued.
   * @throws ConflictError `token_limit_reached` if the account has too many tokens and none may end for a new one.
   */
  async signIn(credential: VerifiedCredential, client: SignInClient): Promise<SignInResult> {
    return this.signIns.signIn(credential, client);
  }

  /** The identities of an account, the oldest first. */
  async identitiesOf(accountId: string): Promise<IdentityEntity[]> {
    return this.identities.of(accountId);
  }

  /**
   * Links an identity that was verified just now to the account of a request with a fresh sign-in; to link it again
   * changes nothing.
   *
   * @throws ConflictError `identity_in_use` if it belongs to another account.
   * @throws LinkRefusedError `email_not_verified` unless there is a verified address on both sides.
   * @throws SignInForbiddenError `sign_in_not_allowed`
   * @throws ProviderTokenRefusedError if the account of the identity was deleted after the credential was issued.
   * @throws TokenEndedError if the token of the request has ended meanwhile.
   */
  async linkIdentity(principal: Principal, credential: VerifiedCredential, client: SignInClient): Promise<void> {
    await this.linking.link(principal, credential, client);
  }

  /**
   * Links the identity behind a link ticket to the account of a request with a fresh sign-in.
   *
   * @throws LinkRefusedError `link_ticket_invalid` unless it is a living ticket of this account, the first time.
   * @throws ConflictError `identity_in_use` if the identity has come to belong to another account.
   * @throws TokenEndedError if the token of the request has ended meanwhile.
   */
  async redeemLinkTicket(principal: Principal, ticket: string, client: SignInClient): Promise<void> {
    await this.linking.redeem(principal, ticket, client);
  }

  /**
   * Takes an identity from the account of a request with a fresh sign-in, and ends the tokens that came from it.
   *
   * @throws NotFoundError if the account has no such identity.
   * @throws ConflictError `last_identity`
   * @throws TokenEndedError if the token of the request has ended meanwhile.
   */
  async unlinkIdentity(principal: Principal, identityId: string, client: SignInClient): Promise<void> {
    await this.unlinking.unlink(principal, identityId, client);
  }

  /**
   * Ends one token of an account, with its rotations.
   *
   * @throws NotFoundError if the account has no such token.
   */
  async revokeToken(accountId: string, tokenId: string, context?: EventContext): Promise<void> {
    if (!(await this.revocation.revoke(accountId, tokenId, context))) throw new NotFoundError();
  }

  /** Ends every token of an account, but for one that is kept. */
  async revokeAllTokens(accountId: string, context?: EventContext, keptTokenId?: string): Promise<void> {
    await this.revocation.revokeAll(accountId, context, keptTokenId);
  }

  /**
   * Refuses an account's sign-ins from now on, and ends its tokens for good; doing so again changes nothing.
   *
   * @throws NotFoundError
   * @throws InvalidRequestError if an administrator (`actorId`) would disable themselves.
   * @throws RoleRequiredError if the `actorId` of somebody who is no administrator would disable one.
   */
  async disableAccount(accountId: string, context: EventContext = {}): Promise<void> {
    await this.status.disable(accountId, context);
  }

  /**
   * Lets an account sign in again; no token from before comes back to life.
   *
   * @throws NotFoundError
   */
  async enableAccount(accountId: string, context: EventContext = {}): Promise<void> {
    await this.status.enable(accountId, context);
  }

  /**
   * Makes these the roles of an account, in place of those that it has.
   *
   * @throws NotFoundError
   * @throws InvalidRequestError if they are no list of roles, or an administrator (`actorId`) would give up that role.
   * @throws RoleRequiredError if the `actorId` of somebody who is no administrator would make one, or unmake one.
   */
  async setRoles(accountId: string, roles: readonly string[], context: EventContext = {}): Promise<void> {
    await this.roles.set(accountId, roles, context);
  }

  /**
   * Takes an account's address from it, so that whoever holds it now can sign in.
   *
   * @throws NotFoundError
   */
  async releaseEmail(accountId: string, context: EventContext = {}): Promise<void> {
    await this.emails.release(accountId, context);
  }

  /**
   * Deletes an account with its identities, tokens and log, and whatever the host's hook removes, in one transaction.
   *
   * @throws NotFoundError
   */
  async deleteAccount(accountId: string, context: EventContext = {}): Promise<void> {
    await this.deletion.delete(accountId, context);
  }

  /**
   * Deletes the account of a request alike.
   *
   * @throws TokenEndedError if the token of the request has ended meanwhile.
   */
  async deleteOwnAccount(principal: Principal): Promise<void> {
    await this.deletion.deleteOwn(principal);
  }

  /**
   * Everything that is kept about an account, what the host's hook gives included, and records that it was told.
   *
   * @throws NotFoundError
   */
  async exportAccount(accountId: string, context: EventContext = {}): Promise<AccountData> {
    return this.exports.of(accountId, context);
  }
}
