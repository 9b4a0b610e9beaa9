/** Injection token of the {@link RevocationRules}. */
export const REVOCATION_RULES = 'SOCIAL_AUTH_REVOCATION_RULES';

/** How soon an end counts everywhere, with all defaults filled in. */
export interface RevocationRules {
  /** In milliseconds. */
  boundMs: number;
}
