/** Injection token of the {@link ReplayRules}. */
export const REPLAY_RULES = 'SOCIAL_AUTH_REPLAY_RULES';

/** How often nonces and ID tokens count, with all defaults filled in. */
export interface ReplayRules {
  /** Whether each ID token is accepted once. */
  singleUse: boolean;
  /** For how long a nonce can be used, in seconds. */
  challengeSeconds: number;
}
