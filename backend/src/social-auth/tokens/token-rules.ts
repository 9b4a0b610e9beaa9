/** Injection token of the {@link TokenRules}. */
export const TOKEN_RULES = 'SOCIAL_AUTH_TOKEN_RULES';

/** What happens to a sign-in that would make one token too many. */
export type TokenLimitPolicy = 'reject' | 'evict-oldest' | 'evict-least-recently-used';

/** How many tokens of one account may live at once. */
export interface TokenLimitRule {
  /** 0: any number. */
  perAccount: number;
  policy: TokenLimitPolicy;
}

/** What personal tokens may be. */
export interface PersonalTokenRules {
  /** The scopes that may be asked for; empty: none can be made. */
  scopes: readonly string[];
  /** Lifetime where none is asked for, in seconds. */
  ttlSeconds: number;
  /** The longest that may be asked for, in seconds. */
  maximumTtlSeconds: number;
  /** For how long one may lie unused, in seconds; `undefined`: until it expires. */
  idleSeconds: number | undefined;
  /** Living ones of an account; one more is refused. 0: any number. */
  perAccount: number;
}

/** What is kept in memory of tokens that were looked up. */
export interface TokenCacheRule {
  /** How many tokens; 0: none, every request is looked up. */
  size: number;
  /** For how long a token is believed without looking it up again, in seconds. */
  seconds: number;
}

/** The life of tokens, with all defaults filled in. */
export interface TokenRules {
  /** Lifetime of a sign-in token in seconds: its absolute end, which nothing moves. */
  ttlSeconds: number;
  /** For how long a sign-in token may lie unused, in seconds; `undefined`: until it expires. */
  idleSeconds: number | undefined;
  /** By how much the recorded last use may lag behind, in seconds; 0: it is not recorded. */
  lastUsedSeconds: number;
  /** For how long a rotated token goes on beside its successor, in seconds. */
  rotationGraceSeconds: number;
  /** For sign-in tokens. */
  limit: TokenLimitRule;
  personal: PersonalTokenRules;
  cache: TokenCacheRule;
  /** For how long an ended token is kept for its owner to see, in seconds. */
  retentionSeconds: number;
}
