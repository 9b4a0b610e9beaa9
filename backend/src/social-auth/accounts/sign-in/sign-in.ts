import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SocialAuthDatabase } from '../../database/social-auth.database';
import { SignInForbiddenError } from '../../errors/social-auth.error';
import { SecurityLog } from '../../security-log/security-log';
import { TokenIssuer, type IssuedToken } from '../../tokens/token-issuer';
import { TOKEN_RULES, type TokenRules } from '../../tokens/token-rules';
import { grantedScopes } from '../../verification/granted-scopes';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import type { AccountEntity } from '../account.entity';
import { AccountRoles } from '../administration/account-roles';
import { provenAt } from '../linking/proof-age';
import type { SignInClient } from '../sign-in-client';
import { AddressHeldError, EmailConflicts } from './email-conflicts';
import { Entrance } from './entrance';
import type { Entered } from './new-identities';
import { OrdinarySignIn, type SignInTokenRequest } from './ordinary-sign-in';
import { isAdmitted } from './sign-in-admission';
import { inTransaction } from './start-over';
import { Turns } from './turns';

/** What a sign-in gives: the account and the only copy of its new token. */
export interface SignInResult {
  account: AccountEntity;
  issued: IssuedToken;
  isNewAccount: boolean;
}

/** Signs verified people in: account, identity, the host's hook and the token in one transaction, one at a time each. */
@Injectable()
export class SignIn {
  private readonly turns = new Turns();

  constructor(
    private readonly database: SocialAuthDatabase,
    private readonly tokens: TokenIssuer,
    private readonly securityLog: SecurityLog,
    private readonly ordinary: OrdinarySignIn,
    private readonly entrance: Entrance,
    private readonly conflicts: EmailConflicts,
    private readonly roles: AccountRoles,
    @Inject(TOKEN_RULES) private readonly tokenRules: TokenRules,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
  ) {}

  /** See {@link AccountsService.signIn}. */
  async signIn(credential: VerifiedCredential, client: SignInClient): Promise<SignInResult> {
    if (!isAdmitted(credential.identity, this.rules)) throw new SignInForbiddenError('sign_in_not_allowed');
    const request = this.tokenRequestOf(credential, client);
    return this.turns.take(JSON.stringify([credential.identity.issuer, credential.identity.subject]), async () => {
      const ordinary = await this.ordinary.signIn(credential.identity, request);
      return ordinary ?? this.inTransaction(credential, request, client);
    });
  }

  private async inTransaction(
    credential: VerifiedCredential,
    request: SignInTokenRequest,
    client: SignInClient,
  ): Promise<SignInResult> {
    try {
      return await inTransaction(this.database, async (manager) => {
        const entered = await this.entrance.enter(manager, credential, client);
        await this.roles.grantListed(manager, entered.account, credential.identity, { client });
        return this.issue(manager, entered, request);
      });
    } catch (error) {
      throw error instanceof AddressHeldError ? await this.conflicts.refusalOf(error.conflict, credential) : error;
    }
  }

  private tokenRequestOf(credential: VerifiedCredential, client: SignInClient): SignInTokenRequest {
    const { provider, machine } = credential.identity;
    return {
      kind: 'sign_in',
      provider,
      client,
      clientId: credential.clientId,
      platform: credential.platform,
      // A machine proves nobody to be there, and may do no more than its provider's token.
      authenticatedAt: machine ? undefined : provenAt(credential),
      scopes: machine ? grantedScopes(credential) : undefined,
      end: { ttlSeconds: this.tokenRules.ttlSeconds },
      idleSeconds: this.tokenRules.idleSeconds,
    };
  }

  private async issue(
    manager: EntityManager,
    { account, identity, isNewAccount }: Entered,
    request: SignInTokenRequest,
  ): Promise<SignInResult> {
    const issued = await this.tokens.issue(manager, { ...request, accountId: account.id, identityId: identity.id });
    const { provider, client } = request;
    await this.securityLog.record(manager, {
      type: 'signed_in',
      accountId: account.id,
      tokenId: issued.id,
      provider,
      client,
    });
    return { account, issued, isNewAccount };
  }
}
