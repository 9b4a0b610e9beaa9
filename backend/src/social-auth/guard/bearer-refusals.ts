import { BearerRefusedError, type ProviderTokenRefusedError } from '../errors/social-auth.error';
import { challengeOf, type ChallengeParameters } from './challenge';
import type { GuardSettings } from './guard-settings';

/** The refusals of requests with or without a token, each with its challenge. */
export class BearerRefusals {
  constructor(private readonly settings: Pick<GuardSettings, 'schemes' | 'realm'>) {}

  /** Without an error code: the client may not have known that it needs a token. [RFC 6750 3.1] */
  anonymous(): BearerRefusedError {
    return new BearerRefusedError('authentication_required', this.challenge({}));
  }

  /** With an error code, and what the client needs to do better. */
  refused(
    parameters: ChallengeParameters & { error: NonNullable<ChallengeParameters['error']> },
    detail?: string,
  ): BearerRefusedError {
    return new BearerRefusedError(parameters.error, this.challenge(parameters), detail);
  }

  /** What only a token of ours may do: another one has too little, whatever its scopes. [RFC 6750 3.1] */
  exchangeRequired(): BearerRefusedError {
    return new BearerRefusedError('token_exchange_required', this.challenge({ error: 'insufficient_scope' }));
  }

  /** The refusal of a provider's token that came as a bearer token. */
  ofProvider(refusal: ProviderTokenRefusedError): ProviderTokenRefusedError {
    return refusal.under(this.challenge({ error: 'invalid_token' }));
  }

  private challenge(parameters: ChallengeParameters): string {
    return challengeOf(this.settings.schemes, this.settings.realm, parameters);
  }
}
