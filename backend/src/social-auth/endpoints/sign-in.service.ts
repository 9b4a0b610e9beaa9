import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountsService, type SignInResult } from '../accounts/accounts.service';
import type { SignInClient } from '../accounts/sign-in-client';
import { SocialAuthError } from '../errors/social-auth.error';
import type { SocialAuthStrategy, VerifiedCredential, VerifiedIdentity } from '../verification/verified-credential';
import { postedCredential, type SignInRequest } from './sign-in.request';
import { signInResponse, type SignInResponse } from './sign-in.response';

/** Injection token of the {@link SignInHooks}. */
export const SIGN_IN_HOOKS = 'SOCIAL_AUTH_SIGN_IN_HOOKS';

/** What the host does between verification and account. */
export interface SignInHooks {
  /** Runs once a credential is proven and before the database is asked; what it throws refuses the sign-in. */
  onCredentialVerified?(credential: VerifiedCredential, client: SignInClient): Promise<void>;
}

/** Exchanges a provider's token for one of ours, and logs every attempt. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);

  constructor(
    private readonly accounts: AccountsService,
    @Inject(SIGN_IN_HOOKS) private readonly hooks: SignInHooks,
  ) {}

  /** @throws SocialAuthError whatever the strategy, the host's hook or the accounts refuse. */
  async exchange(
    provider: string,
    strategy: SocialAuthStrategy,
    request: SignInRequest,
    client: SignInClient,
  ): Promise<SignInResponse> {
    let credential: VerifiedCredential | undefined;
    try {
      credential = await strategy.verify(postedCredential(request));
      await this.hooks.onCredentialVerified?.(credential, client);
      const result = await this.accounts.signIn(credential, client);
      this.logAccepted(credential, client, result);
      return signInResponse(result);
    } catch (error) {
      this.logRefused(provider, credential, client, error);
      throw error;
    }
  }

  private logAccepted({ identity, kind }: VerifiedCredential, client: SignInClient, result: SignInResult): void {
    this.logger.log({
      event: 'sign_in',
      outcome: 'accepted',
      provider: identity.provider,
      kind,
      subject: hashedSubject(identity),
      account: result.account.id,
      newAccount: result.isNewAccount,
      requestId: client.requestId,
    });
  }

  private logRefused(
    provider: string,
    credential: VerifiedCredential | undefined,
    client: SignInClient,
    error: unknown,
  ): void {
    const known = error instanceof SocialAuthError;
    const status = known ? error.getStatus() : 500;
    this.logger.warn({
      event: 'sign_in',
      outcome: status >= 500 ? 'failed' : 'refused',
      provider,
      subject: credential && hashedSubject(credential.identity),
      code: known ? error.code : 'internal_error',
      reason: known ? error.reason : undefined,
      requestId: client.requestId,
    });
  }
}

/** Tells the attempts of one person from those of others without naming them. */
const hashedSubject = ({ issuer, subject }: VerifiedIdentity): string =>
  createHash('sha256').update(`${issuer} ${subject}`).digest('base64url').slice(0, 22);
