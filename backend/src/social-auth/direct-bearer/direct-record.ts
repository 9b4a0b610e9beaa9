import { Inject, Injectable, Logger } from '@nestjs/common';
import type { SignInClient } from '../accounts/sign-in-client';
import { failedAttempt } from '../endpoints/http/failed-attempt';
import { EXPLAIN_REFUSALS } from '../endpoints/sign-in/credential-acceptance';
import { hashedSubject } from '../endpoints/sign-in/hashed-subject';
import { RefusalCounter } from '../endpoints/sign-in/refusal-counter';
import { ProviderTokenRefusedError } from '../errors/social-auth.error';
import type { VerifiedCredential } from '../verification/verified-credential';

/** As much as is known of a bearer token that was refused. */
export interface RefusedBearer {
  provider: string;
  /** What the provider's proof said; without it, anybody can have sent anything. */
  credential: VerifiedCredential | undefined;
  client: SignInClient;
}

/** Keeps what is known of providers' bearer tokens in the log stream and the counts, and nothing of the tokens. */
@Injectable()
export class DirectRecord {
  private readonly logger = new Logger('DirectBearer');

  constructor(
    private readonly counter: RefusalCounter,
    @Inject(EXPLAIN_REFUSALS) private readonly explains: boolean,
  ) {}

  /**
   * Counts a refusal as one of an exchange.
   *
   * @returns with what the request is answered.
   */
  refused({ provider, credential, client }: RefusedBearer, error: unknown): unknown {
    const attempt = failedAttempt(error);
    this.logger.warn({
      event: 'direct_bearer',
      ...attempt,
      provider,
      subject: credential && hashedSubject(credential.identity),
      requestId: client.requestId,
    });
    this.counter.count(provider, typeof attempt.code === 'number' ? `http_${attempt.code}` : attempt.code);
    // What the strategy refuses is explained already.
    const isOurs = credential !== undefined && error instanceof ProviderTokenRefusedError;
    return isOurs && this.explains ? error.explained({ provider, configured: [] }) : error;
  }

  /** An account was made for the first token of its person. */
  made({ identity }: VerifiedCredential, client: SignInClient): void {
    this.logger.log({
      event: 'direct_bearer',
      outcome: 'account_made',
      provider: identity.provider,
      subject: hashedSubject(identity),
      requestId: client.requestId,
    });
  }
}
