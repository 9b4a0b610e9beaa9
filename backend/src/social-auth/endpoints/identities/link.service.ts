import { Inject, Injectable, Logger } from '@nestjs/common';
import { ACCOUNT_RULES, type AccountRules } from '../../accounts/account-rules';
import { AccountsService } from '../../accounts/accounts.service';
import { isFreshProof } from '../../accounts/linking/proof-age';
import type { SignInClient } from '../../accounts/sign-in-client';
import { Clock } from '../../clock/clock';
import { NotFoundError } from '../../errors/social-auth.error';
import { BearerRefusals } from '../../guard/bearer-refusals';
import { GUARD_SETTINGS, type GuardSettings } from '../../guard/guard-settings';
import type { Principal } from '../../tokens/principal';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { failedAttempt } from '../http/failed-attempt';
import { ValidatedBody } from '../http/validated-body';
import { CredentialAcceptance } from '../sign-in/credential-acceptance';
import { MOUNTED_STRATEGIES, type MountedStrategies } from '../sign-in/mounted-strategies';
import { postedCredential, SignInRequest } from '../sign-in/sign-in.request';
import type { IdentityListResponse } from './identities.response';
import { IdentitiesService } from './identities.service';

/** Links identities to the accounts of requests with a fresh sign-in, and logs every attempt. */
@Injectable()
export class LinkService {
  private readonly logger = new Logger(LinkService.name);
  private readonly body = new ValidatedBody();
  private readonly refusals: BearerRefusals;

  constructor(
    @Inject(MOUNTED_STRATEGIES) private readonly strategies: MountedStrategies,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(GUARD_SETTINGS) settings: GuardSettings,
    private readonly acceptance: CredentialAcceptance,
    private readonly accounts: AccountsService,
    private readonly identities: IdentitiesService,
    private readonly clock: Clock,
  ) {
    this.refusals = new BearerRefusals(settings);
  }

  /** Links the identity behind a provider token that was posted as to a sign-in. */
  link(provider: string, principal: Principal, body: unknown, client: SignInClient): Promise<IdentityListResponse> {
    return this.logged({ provider, how: 'explicit' }, principal, client, async () => {
      await this.accounts.linkIdentity(principal, await this.proven(provider, body, client), client);
    });
  }

  /** Links the identity behind a link ticket. */
  redeem(ticket: string, principal: Principal, client: SignInClient): Promise<IdentityListResponse> {
    return this.logged({ how: 'ticket' }, principal, client, () =>
      this.accounts.redeemLinkTicket(principal, ticket, client),
    );
  }

  private async proven(provider: string, body: unknown, client: SignInClient): Promise<VerifiedCredential> {
    const strategy = this.strategies.get(provider);
    if (!strategy) throw new NotFoundError();
    const posted = postedCredential(await this.body.parse(SignInRequest, body));
    const credential = await this.acceptance.accept(provider, strategy, posted, client);
    const { freshSignInSeconds } = this.rules;
    if (isFreshProof(credential, freshSignInSeconds, this.clock.now())) return credential;
    throw this.refusals.refused(
      { error: 'insufficient_user_authentication', max_age: freshSignInSeconds },
      'The provider proved who you are too long ago. Sign in with it again, then post the new token.',
    );
  }

  private async logged(
    about: { provider?: string; how: string },
    { account }: Principal,
    { requestId }: SignInClient,
    work: () => Promise<void>,
  ): Promise<IdentityListResponse> {
    const line = { event: 'identity_link', how: about.how, account: account.id, requestId };
    try {
      await work();
    } catch (error) {
      this.logger.warn({ ...line, ...failedAttempt(error) });
      throw error;
    }
    this.logger.log({ ...line, provider: about.provider, outcome: 'accepted' });
    return this.identities.of(account.id);
  }
}
