import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { AccountDisabledError, SignInForbiddenError } from '../../errors/social-auth.error';
import { Announcements } from '../../revocation/announcements';
import { SecurityLog } from '../../security-log/security-log';
import { TokenIssuer, type IssuedToken } from '../../tokens/token-issuer';
import { TOKEN_RULES, type TokenRules } from '../../tokens/token-rules';
import type { VerifiedCredential, VerifiedIdentity } from '../../verification/verified-credential';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import type { AccountEntity } from '../account.entity';
import { AccountRoles } from '../administration/account-roles';
import { provenAt } from '../linking/proof-age';
import { followIdentity } from '../profile/account-profile';
import { updatedProfile } from '../profile/profile-update';
import type { SignInClient } from '../sign-in-client';
import { AddressHeldError, EmailConflicts } from './email-conflicts';
import { lockIdentities } from './identity-lock';
import { NewIdentities, type Entered } from './new-identities';
import { isAdmitted } from './sign-in-admission';
import { choicesFor, decideSignIn } from './sign-in-decision';
import { SignInTransaction, type KnownIdentity } from './sign-in.transaction';
import { inTransaction } from './start-over';

/** What a sign-in gives: the account and the only copy of its new token. */
export interface SignInResult {
  account: AccountEntity;
  issued: IssuedToken;
  isNewAccount: boolean;
}

/** Signs verified people in: account, identity, the host's hook and the token in one transaction. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly tokens: TokenIssuer,
    private readonly announcements: Announcements,
    private readonly securityLog: SecurityLog,
    private readonly newIdentities: NewIdentities,
    private readonly conflicts: EmailConflicts,
    private readonly roles: AccountRoles,
    @Inject(TOKEN_RULES) private readonly tokenRules: TokenRules,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /** See {@link AccountsService.signIn}. */
  async signIn(credential: VerifiedCredential, client: SignInClient): Promise<SignInResult> {
    if (!isAdmitted(credential.identity, this.rules)) throw new SignInForbiddenError('sign_in_not_allowed');
    try {
      return await inTransaction(this.database, async (manager) => {
        const entered = await this.enter(manager, credential, client);
        await this.roles.grantListed(manager, entered.account, credential.identity, { client });
        return this.issue(manager, entered, credential, client);
      });
    } catch (error) {
      throw error instanceof AddressHeldError ? await this.conflicts.refusalOf(error.conflict, credential) : error;
    }
  }

  private async enter(manager: EntityManager, credential: VerifiedCredential, client: SignInClient): Promise<Entered> {
    const { identity } = credential;
    const signIn = new SignInTransaction(manager);
    const known = await signIn.find(identity);
    if (known) return this.welcomeBack(manager, known, identity);
    await lockIdentities(manager, [identity, ...this.policy.counterpartsOf(identity)]);
    // Whoever held the lock before may have made the account meanwhile.
    const madeMeanwhile = await signIn.find(identity);
    if (madeMeanwhile) return this.welcomeBack(manager, madeMeanwhile, identity);
    return this.newIdentities.welcome(manager, credential, client);
  }

  private async welcomeBack(
    manager: EntityManager,
    { account, identity }: KnownIdentity,
    verified: VerifiedIdentity,
  ): Promise<Entered> {
    const known = { accountId: account.id, disabled: account.disabledAt !== null };
    const decision = decideSignIn({ identity: verified, known }, choicesFor(verified.provider, this.rules));
    if (decision.kind === 'disabled') throw new AccountDisabledError();
    const profile = updatedProfile(identity, verified);
    await new SignInTransaction(manager).updateIdentity(identity, profile);
    if (identity.isPrimary && (await followIdentity(manager, account, profile))) {
      this.announcements.announce(manager, { kind: 'account', accountId: account.id });
    }
    return { account, identity, isNewAccount: false };
  }

  private async issue(
    manager: EntityManager,
    { account, identity, isNewAccount }: Entered,
    credential: VerifiedCredential,
    client: SignInClient,
  ): Promise<SignInResult> {
    const { provider } = credential.identity;
    const issued = await this.tokens.issue(manager, {
      accountId: account.id,
      identityId: identity.id,
      kind: 'sign_in',
      provider,
      client,
      clientId: credential.clientId,
      platform: credential.platform,
      authenticatedAt: provenAt(credential),
      end: { ttlSeconds: this.tokenRules.ttlSeconds },
      idleSeconds: this.tokenRules.idleSeconds,
    });
    const event = { accountId: account.id, tokenId: issued.id, provider, client };
    await this.securityLog.record(manager, { type: 'signed_in', ...event });
    return { account, issued, isNewAccount };
  }
}
