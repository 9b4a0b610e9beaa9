import type { AuthScheme } from './authorization-header';

/** Parameters of a challenge beside the realm. */
export interface ChallengeParameters {
  error?: 'invalid_token' | 'invalid_request' | 'insufficient_scope' | 'insufficient_user_authentication';
  scope?: string;
  /** Seconds that the person's sign-in may be ago. [RFC 9470 3] */
  max_age?: number;
}

/** The value of WWW-Authenticate: one challenge for each scheme that is accepted. [RFC 6750 3] */
export function challengeOf(
  schemes: readonly AuthScheme[],
  realm: string,
  parameters: ChallengeParameters = {},
): string {
  const all = Object.entries({ realm, ...parameters }).map(
    ([name, value]) => `${name}=${typeof value === 'number' ? value : `"${value}"`}`,
  );
  return schemes.map((scheme) => `${scheme} ${all.join(', ')}`).join(', ');
}
