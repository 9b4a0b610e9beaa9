import { problemOf } from '../../errors/problem-details.filter';
import { SocialAuthError } from '../../errors/social-auth.error';

/** What the log says of an attempt that came to nothing. */
export interface FailedAttempt {
  /** `failed`: nobody can say whether it was right. */
  outcome: 'refused' | 'failed';
  /** Of the error catalogue, or the status of an error of the host's own. */
  code: string | number;
  /** More than the client is told. */
  reason: string | undefined;
}

/** Makes a line of the log of the error with which an attempt ended. */
export function failedAttempt(error: unknown): FailedAttempt {
  const { status, code } = problemOf(error);
  return {
    outcome: status >= 500 ? 'failed' : 'refused',
    code: code ?? status,
    reason: error instanceof SocialAuthError ? error.reason : undefined,
  };
}
