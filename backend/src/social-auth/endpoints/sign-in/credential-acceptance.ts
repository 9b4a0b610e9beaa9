import { Inject, Injectable } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { ProviderTokenRefusedError } from '../../errors/social-auth.error';
import { Challenges } from '../../replay/challenges';
import { decideNonce } from '../../replay/nonce-policy';
import { ProviderClients, type NonceRule } from '../../replay/provider-client';
import { UsedCredentials } from '../../replay/used-credentials';
import type { PostedCredential, SocialAuthStrategy, VerifiedCredential } from '../../verification/verified-credential';
import { SIGN_IN_HOOKS, type SignInHooks } from './sign-in-hooks';

/** Injection token: whether refusals say what was expected and what came. */
export const EXPLAIN_REFUSALS = 'SOCIAL_AUTH_EXPLAIN_REFUSALS';

/** Decides whether a posted provider token counts here and now: for a sign-in, and for linking an identity. */
@Injectable()
export class CredentialAcceptance {
  constructor(
    @Inject(SIGN_IN_HOOKS) private readonly hooks: SignInHooks,
    private readonly clients: ProviderClients,
    private readonly challenges: Challenges,
    private readonly used: UsedCredentials,
    @Inject(EXPLAIN_REFUSALS) private readonly explains: boolean,
  ) {}

  /**
   * Verifies a token, hears the host, and uses up the nonce and, where that is wanted, the token itself. What is used up
   * stays so, whatever becomes of the request. The nonce comes first: a token that is refused for it is not used.
   *
   * @param onProven hears of the credential as soon as the provider's proof holds.
   * @throws ProviderTokenRefusedError
   * @throws ProviderUnavailableError
   * @throws DatabaseUnavailableError
   */
  async accept(
    provider: string,
    strategy: SocialAuthStrategy,
    posted: PostedCredential,
    client: SignInClient,
    onProven: (credential: VerifiedCredential) => void = () => undefined,
  ): Promise<VerifiedCredential> {
    const verified = await strategy.verify(posted);
    const { platform, nonce } = this.clients.of(provider, verified.clientId);
    const credential = { ...verified, platform: verified.platform ?? platform };
    onProven(credential);
    await this.hooks.onCredentialVerified?.(credential, client);
    const refusal = (await this.nonceRefusal(nonce, credential, posted)) ?? (await this.replayRefusal(credential));
    if (refusal) throw this.explains ? refusal.explained({ provider, configured: [] }) : refusal;
    return credential;
  }

  private async nonceRefusal(
    rule: NonceRule,
    credential: VerifiedCredential,
    { nonceRequired = false }: PostedCredential,
  ): Promise<ProviderTokenRefusedError | undefined> {
    const decision = decideNonce(rule, credential, nonceRequired);
    if (decision.kind === 'ignore') return undefined;
    if (decision.kind === 'refuse') return wrongNonce(decision.reason);
    const wasIssued = await this.challenges.consume(decision.claim);
    if (wasIssued || !decision.mustBeIssued) return undefined;
    return wrongNonce('the nonce was not issued here, has expired or was used before');
  }

  private async replayRefusal(credential: VerifiedCredential): Promise<ProviderTokenRefusedError | undefined> {
    if (await this.used.use(credential)) return undefined;
    return new ProviderTokenRefusedError('provider_token_replayed', 'the ID token was used before');
  }
}

const wrongNonce = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_wrong_nonce', reason);
