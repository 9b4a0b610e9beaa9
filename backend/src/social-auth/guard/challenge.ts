import type { AuthScheme } from './authorization-header';

/** Parameters of a challenge beside the realm. */
export interface ChallengeParameters {
  error?: 'invalid_token' | 'invalid_request' | 'insufficient_scope';
  scope?: string;
}

/** The value of WWW-Authenticate: one challenge for each scheme that is accepted. [RFC 6750 3] */
export function challengeOf(
  schemes: readonly AuthScheme[],
  realm: string,
  parameters: ChallengeParameters = {},
): string {
  const all = Object.entries({ realm, ...parameters }).map(([name, value]) => `${name}="${value}"`);
  return schemes.map((scheme) => `${scheme} ${all.join(', ')}`).join(', ');
}
