import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountsService, type SignInResult } from '../accounts/accounts.service';
import type { SignInClient } from '../accounts/sign-in-client';
import { problemOf } from '../errors/problem-details.filter';
import { SocialAuthError } from '../errors/social-auth.error';
import type {
  PostedCredential,
  SocialAuthStrategy,
  VerifiedCredential,
  VerifiedIdentity,
} from '../verification/verified-credential';
import { postedCredential, SignInRequest } from './sign-in.request';
import { signInResponse, type SignInResponse } from './sign-in.response';
import { ValidatedBody } from './validated-body';

/** Injection token of the {@link SignInHooks}. */
export const SIGN_IN_HOOKS = 'SOCIAL_AUTH_SIGN_IN_HOOKS';

/** What the host does between verification and account. */
export interface SignInHooks {
  /** Runs once a credential is proven and before the database is asked; what it throws refuses the sign-in. */
  onCredentialVerified?(credential: VerifiedCredential, client: SignInClient): Promise<void>;
}

/** As much as is known of a sign-in that failed. */
interface Attempt {
  provider: string;
  kind: PostedCredential['kind'] | undefined;
  credential: VerifiedCredential | undefined;
}

/** Exchanges a provider's token for one of ours, and logs every attempt. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);
  private readonly body = new ValidatedBody();

  constructor(
    private readonly accounts: AccountsService,
    @Inject(SIGN_IN_HOOKS) private readonly hooks: SignInHooks,
  ) {}

  /** @throws SocialAuthError whatever the strategy, the host's hook or the accounts refuse. */
  async exchange(
    provider: string,
    strategy: SocialAuthStrategy,
    body: unknown,
    client: SignInClient,
  ): Promise<SignInResponse> {
    let posted: PostedCredential | undefined;
    let credential: VerifiedCredential | undefined;
    try {
      posted = postedCredential(await this.body.parse(SignInRequest, body));
      credential = await strategy.verify(posted);
      await this.hooks.onCredentialVerified?.(credential, client);
      const result = await this.accounts.signIn(credential, client);
      this.logAccepted(credential, client, result);
      return signInResponse(result);
    } catch (error) {
      this.logRefused({ provider, kind: credential?.kind ?? posted?.kind, credential }, client, error);
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

  private logRefused({ provider, kind, credential }: Attempt, client: SignInClient, error: unknown): void {
    const { status, code } = problemOf(error);
    this.logger.warn({
      event: 'sign_in',
      outcome: status >= 500 ? 'failed' : 'refused',
      provider,
      kind,
      subject: credential && hashedSubject(credential.identity),
      code: code ?? status,
      reason: error instanceof SocialAuthError ? error.reason : undefined,
      requestId: client.requestId,
    });
  }
}

/** Tells the attempts of one person from those of others without naming them. */
const hashedSubject = ({ issuer, subject }: VerifiedIdentity): string =>
  createHash('sha256').update(`${issuer} ${subject}`).digest('base64url').slice(0, 22);
