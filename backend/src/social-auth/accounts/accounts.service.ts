import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../database/social-auth.database';
import { AccountDisabledError, EmailInUseError, NotFoundError } from '../errors/social-auth.error';
import { TokenIssuer, type IssuedToken } from '../tokens/token-issuer';
import { TokenRevocation } from '../tokens/token-revocation';
import type { VerifiedCredential, VerifiedIdentity } from '../verification/verified-credential';
import { ACCOUNT_POLICY, type AccountPolicy } from './account-policy';
import { AccountEntity } from './account.entity';
import { sameProfile, updatedProfile, type StoredProfile } from './profile-update';
import { decideSignIn, type SignInDecision } from './sign-in-decision';
import type { SignInClient } from './sign-in-client';
import { SignInTransaction, type KnownIdentity } from './sign-in.transaction';

/** What a sign-in gives: the account and the only copy of its new token. */
export interface SignInResult {
  account: AccountEntity;
  issued: IssuedToken;
  isNewAccount: boolean;
}

/** Finds or creates the accounts behind verified credentials and issues their tokens. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly tokens: TokenIssuer,
    private readonly revocation: TokenRevocation,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /**
   * Signs a verified person in: account, identity, the host's hook and the token in one transaction.
   *
   * @throws EmailInUseError if another account has proven to own the verified address.
   * @throws AccountDisabledError
   * @throws DatabaseUnavailableError
   */
  async signIn({ identity }: VerifiedCredential, client: SignInClient): Promise<SignInResult> {
    return this.database.transaction(async (manager) => {
      const signIn = new SignInTransaction(manager);
      const known = await signIn.find(identity);
      const { account, isNewAccount } = known
        ? { account: await this.welcomeBack(signIn, known, identity), isNewAccount: false }
        : await this.welcome(signIn, manager, identity);
      const issued = await this.tokens.issue(manager, {
        accountId: account.id,
        provider: identity.provider,
        clientAddress: client.address,
        userAgent: client.userAgent,
      });
      return { account, issued, isNewAccount };
    });
  }

  /** Ends one token. */
  async revokeToken(tokenId: string): Promise<void> {
    await this.revocation.revoke(tokenId);
  }

  /** Ends every token of an account. */
  async revokeAllTokens(accountId: string): Promise<void> {
    await this.revocation.revokeAll(accountId);
  }

  /**
   * Deletes an account with its identities and tokens, and whatever the host's hook removes, in one transaction.
   *
   * @throws NotFoundError
   */
  async deleteAccount(accountId: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const account = await manager.findOne(AccountEntity, {
        where: { id: accountId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!account) throw new NotFoundError('There is no such account.');
      await this.policy.onAccountDeleted?.(account, manager);
      await manager.delete(AccountEntity, { id: account.id });
    });
  }

  private async welcome(
    signIn: SignInTransaction,
    manager: EntityManager,
    identity: VerifiedIdentity,
  ): Promise<{ account: AccountEntity; isNewAccount: boolean }> {
    await signIn.lockIdentity(identity);
    // Whoever held the lock before may have made the account meanwhile.
    const known = await signIn.find(identity);
    if (known) return { account: await this.welcomeBack(signIn, known, identity), isNewAccount: false };
    const emailOwner = identity.email && identity.emailVerified ? await signIn.lockEmail(identity.email) : undefined;
    this.refuseUnlessAllowed(decideSignIn({ identity, emailOwner }));
    const created = await signIn.create(identity);
    await this.policy.onAccountCreated?.(created.account, created.identity, manager);
    return { account: created.account, isNewAccount: true };
  }

  private async welcomeBack(
    signIn: SignInTransaction,
    known: KnownIdentity,
    verified: VerifiedIdentity,
  ): Promise<AccountEntity> {
    const { account, identity } = known;
    this.refuseUnlessAllowed(
      decideSignIn({ identity: verified, known: { accountId: account.id, disabled: account.disabledAt !== null } }),
    );
    const profile = updatedProfile(identity, verified);
    if (!sameProfile(identity, profile)) await signIn.updateIdentity(identity, profile);
    const isOutOfDate = identity.isPrimary && !sameProfile(account, profile);
    return isOutOfDate ? this.followIdentity(signIn, await signIn.lockAccount(account), profile) : account;
  }

  /** Makes a locked account's profile its primary identity's, unless the address has become somebody else's. */
  private async followIdentity(
    signIn: SignInTransaction,
    account: AccountEntity,
    wanted: StoredProfile,
  ): Promise<AccountEntity> {
    const keepsAddress = wanted.email === account.email && wanted.emailVerified === account.emailVerified;
    const isTaken =
      !keepsAddress &&
      wanted.emailVerified &&
      wanted.email !== null &&
      (await signIn.lockEmail(wanted.email, account.id)) !== undefined;
    const next = isTaken ? { ...wanted, email: account.email, emailVerified: account.emailVerified } : wanted;
    if (!sameProfile(account, next)) await signIn.updateAccount(account, next);
    return account;
  }

  private refuseUnlessAllowed(decision: SignInDecision): void {
    if (decision.kind === 'disabled') throw new AccountDisabledError();
    if (decision.kind !== 'conflict') return;
    const title = this.policy.titleOf(decision.ownerProvider);
    throw new EmailInUseError(
      decision.sameProvider
        ? `Another ${title} account has used this e-mail address here before. Sign in with that one, or ask the operator of this service to release the address.`
        : `Sign in with ${title}: this e-mail address belongs to an account that was made that way.`,
    );
  }
}
