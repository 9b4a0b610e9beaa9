import { Injectable, Logger } from '@nestjs/common';
import type { SignInClient } from '../../accounts/sign-in-client';
import { RefusedIdentities } from '../../accounts/sign-in/refused-identities';
import type { PostedCredential, VerifiedCredential } from '../../verification/verified-credential';
import { failedAttempt, type FailedAttempt } from '../http/failed-attempt';
import { hashedSubject } from './hashed-subject';
import { RefusalCounter } from './refusal-counter';

/** As much as is known of a sign-in that failed. */
export interface FailedSignIn {
  provider: string;
  kind: PostedCredential['kind'] | undefined;
  /** What the provider's proof said; without it, anybody can have sent anything. */
  credential: VerifiedCredential | undefined;
  client: SignInClient;
}

/** A limit is to spare the database, and an outage is no verdict on anybody. */
const isVerdict = ({ outcome, code }: FailedAttempt): boolean => outcome === 'refused' && code !== 'too_many_requests';

/** Keeps what is known of sign-ins that fail: every one in the log stream and a count, few in the security log. */
@Injectable()
export class SignInRefusals {
  private readonly logger = new Logger(SignInRefusals.name);

  constructor(
    private readonly identities: RefusedIdentities,
    private readonly counter: RefusalCounter,
  ) {}

  /** Never rejects: the answer is that of the error, whatever becomes of its record. */
  async record(failed: FailedSignIn, error: unknown): Promise<void> {
    const attempt = failedAttempt(error);
    const { provider, kind, credential, client } = failed;
    this.logger.warn({
      event: 'sign_in',
      ...attempt,
      provider,
      kind,
      subject: credential && hashedSubject(credential.identity),
      requestId: client.requestId,
    });
    const label = typeof attempt.code === 'number' ? `http_${attempt.code}` : attempt.code;
    this.counter.count(provider, label);
    if (credential && isVerdict(attempt)) await this.write(credential, label, client);
  }

  private async write({ identity }: VerifiedCredential, code: string, client: SignInClient): Promise<void> {
    try {
      await this.identities.record(identity, code, client);
    } catch (error) {
      const { name } = error as Error;
      this.logger.warn({ event: 'sign_in_refusal_not_written', code, errorName: name, requestId: client.requestId });
    }
  }
}
