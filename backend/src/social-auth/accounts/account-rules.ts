/** Injection token of the {@link AccountRules}. */
export const ACCOUNT_RULES = 'SOCIAL_AUTH_ACCOUNT_RULES';

/**
 * What becomes of a new identity whose verified address an account holds already: an account of its own, a refusal that
 * says how to link the two, or a link, where both providers speak for the address.
 */
export type LinkingPolicy = 'separate' | 'refuse' | 'link-verified';

/** A person at a provider, named by an operator. */
export interface AdminIdentity {
  /** Name of the provider definition. */
  provider: string;
  subject: string;
}

/** Who may have an account, with all defaults filled in. */
export interface AccountRules {
  signUp: boolean;
  /** In lower case; both lists empty: everybody. */
  allowedHostedDomains: readonly string[];
  allowedEmailDomains: readonly string[];
  linkingOf(provider: string): LinkingPolicy;
  linkSameSubject: boolean;
  adminIdentities: readonly AdminIdentity[];
  freshSignInSeconds: number;
}
