import { Injectable, Logger } from '@nestjs/common';
import { AccountsService, type SignInResult } from '../../accounts/accounts.service';
import type { SignInClient } from '../../accounts/sign-in-client';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { ValidatedBody } from '../http/validated-body';
import { AcceptedSignIns } from './accepted-sign-ins';
import { CredentialAcceptance } from './credential-acceptance';
import { hashedSubject } from './hashed-subject';
import { SignInRefusals } from './sign-in-refusals';
import { plainBody, type SignInBodyReader } from './sign-in-body';
import { postedCredential, SignInRequest } from './sign-in.request';
import { signInResponse, type SignInResponse } from './sign-in.response';

/** Exchanges a provider's token for one of ours, and logs every attempt. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);
  private readonly body = new ValidatedBody();

  constructor(
    private readonly accounts: AccountsService,
    private readonly acceptance: CredentialAcceptance,
    private readonly refusals: SignInRefusals,
    private readonly accepted: AcceptedSignIns,
  ) {}

  /**
   * @param read takes out of the body what this provider alone has there. Default: nothing.
   * @throws SocialAuthError whatever the strategy, the host's hook or the accounts refuse.
   */
  async exchange(
    provider: string,
    strategy: SocialAuthStrategy,
    body: unknown,
    client: SignInClient,
    read: SignInBodyReader = plainBody,
  ): Promise<SignInResponse> {
    let posted: PostedCredential | undefined;
    let credential: VerifiedCredential | undefined;
    try {
      const { body: fields, claimedName } = read(body);
      posted = postedCredential(await this.body.parse(SignInRequest, fields));
      const accepted = await this.acceptance.accept(provider, strategy, posted, client, (proven) => {
        credential = proven;
      });
      const result = await this.accounts.signIn({ ...accepted, claimedName }, client);
      this.accepted.count(provider);
      this.logAccepted(accepted, client, result);
      return signInResponse(result);
    } catch (error) {
      const kind = credential?.kind ?? posted?.kind;
      await this.refusals.record({ provider, kind, credential, client }, error);
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
}
