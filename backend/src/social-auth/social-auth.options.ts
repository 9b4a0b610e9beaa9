import type { AccountHooks } from './accounts/account-policy';
import type { AdminIdentity, LinkingPolicy } from './accounts/account-rules';
import type { SignInHooks } from './endpoints/sign-in/sign-in-hooks';
import type { AuthScheme } from './guard/authorization-header';
import type { Auth0Settings } from './providers/auth0/auth0.settings';
import type { GoogleSettings } from './providers/google/google.settings';
import type { ProviderDefinition } from './providers/provider-definition';
import type { RevocationBus } from './revocation/revocation-bus';
import type { HmacKey } from './tokens/token-digest';
import type { PersonalTokenRules, TokenCacheRule, TokenLimitRule } from './tokens/token-rules';

/** Injection token of the {@link SocialAuthOptions}, as the host gave them. */
export const SOCIAL_AUTH_OPTIONS = 'SOCIAL_AUTH_OPTIONS';

/** Injection token of the provider definitions that are mounted. */
export const MOUNTED_PROVIDERS = 'SOCIAL_AUTH_MOUNTED_PROVIDERS';

/** How tokens are made and kept. */
export interface TokenOptions {
  /** Keys under which tokens are kept: the first signs, all recognise. Required; each at least 32 bytes. */
  hmacKeys: readonly HmacKey[];
  /** What tokens begin with; give each environment its own. Default: `nte`. */
  prefix?: string;
  /** Lifetime of a sign-in token in seconds; nothing moves its end. Default: 86,400. */
  ttlSeconds?: number;
  /** For how long a sign-in token may lie unused, in seconds; needs `lastUsedSeconds`. Default: until it expires. */
  idleSeconds?: number;
  /** By how much the recorded last use may lag behind the true one, in seconds; 0 records none. Default: 60. */
  lastUsedSeconds?: number;
  /** For how long a rotated token goes on beside its successor, in seconds. Default: 30. */
  rotationGraceSeconds?: number;
  /** How many sign-in tokens of one account may live at once. Default: 100, evict-oldest. */
  limit?: Partial<TokenLimitRule>;
  /**
   * What personal tokens may be. Default: none can be made, for there are no scopes; with scopes, 30 days unless another
   * lifetime is asked for, 365 at most, no idle end, 50 of an account.
   */
  personal?: Partial<PersonalTokenRules>;
  /**
   * What the guard keeps in memory: how many tokens, 0 for none, and for how long each. What ends or narrows a token or
   * an account does not wait for it: see `revocation.boundMs`. Default: 100,000, 60 seconds.
   */
  cache?: Partial<TokenCacheRule>;
  /** For how long an ended token is kept for its owner to see, in seconds. Default: 30 days. */
  retentionSeconds?: number;
}

/** Who may have an account, and what becomes of a second identity. */
export interface AccountOptions {
  /** Whether a first sign-in makes an account. Default: true. */
  signUp?: boolean;
  /** Only identities of these organisations (Google's `hd`) may sign in, or those of `allowedEmailDomains`. Default: all. */
  allowedHostedDomains?: readonly string[];
  /** Only identities with a verified address of these domains may sign in, or those of `allowedHostedDomains`. Default: all. */
  allowedEmailDomains?: readonly string[];
  /** What becomes of a new identity of a provider whose verified address an account holds already. Default: `refuse`. */
  linking?: Readonly<Record<string, LinkingPolicy>>;
  /** Whether an Auth0 identity `google-oauth2|<sub>` and Google's `<sub>` are one person. Default: false. */
  linkSameSubject?: boolean;
  /** Whoever signs in as one of these becomes an administrator. Default: nobody. */
  adminIdentities?: readonly AdminIdentity[];
  /**
   * How fresh a sign-in must be for linking, unlinking, personal tokens, export and deletion, and for
   * `@RequireFreshSignIn()` without a number, in seconds. Default: 600.
   */
  freshSignInSeconds?: number;
}

/** How often an ID token counts. */
export interface IdTokenOptions {
  /** Whether each ID token is accepted once, on all replicas together. Default: false. */
  singleUse?: boolean;
  /** For how long a nonce of `POST /auth/challenge` can be used, in seconds. Default: 600. */
  challengeSeconds?: number;
}

/** What is kept of what happened. */
export interface SecurityLogOptions {
  /** For how long an event is kept, in seconds. Default: 90 days. */
  retentionSeconds?: number;
}

/** How soon an end counts everywhere. */
export interface RevocationOptions {
  /** How long after its commit the end of a token or an account may go unheard, in milliseconds. Default: 2,000. */
  boundMs?: number;
  /**
   * What tells the other replicas at once: `createPostgresRevocationBus`, `createRedisRevocationBus`, or one of your own.
   * Default: none, and they hear of it within `boundMs`.
   */
  bus?: RevocationBus;
}

/** Settings of providers by name; those of a provider of one's own are checked by its strategy. */
export interface ProviderSettings {
  google?: GoogleSettings;
  auth0?: Auth0Settings;
  [name: string]: object | undefined;
}

/** Options of the module; what is wrong stops the boot with a SocialAuthConfigurationError that names every fault. */
export interface SocialAuthOptions extends AccountHooks, SignInHooks {
  tokens: TokenOptions;
  accounts?: AccountOptions;
  idTokens?: IdTokenOptions;
  securityLog?: SecurityLogOptions;
  revocation?: RevocationOptions;
  /** Settings of each mounted provider, by its name. */
  providerSettings: ProviderSettings;
  /** Accepted schemes of the Authorization header. Default: `Bearer` alone. */
  authSchemes?: readonly AuthScheme[];
  /** Realm of the challenge, without quotes or backslashes. Default: `api`. */
  realm?: string;
  /** Whether look-ups use prepared statements; `false` behind a pooler that cannot keep them. Default: true. */
  preparedStatements?: boolean;
  /** The secret with which our own frontend speaks for its visitors; at least 32 characters. Default: nobody does. */
  frontendSharedSecret?: string;
  /** Whether a refusal says what was expected and what came; for development. Default: false. */
  explainRefusals?: boolean;
  /** Whether the background jobs (last use, purge) run by themselves; off in tests that drive them. Default: true. */
  backgroundJobs?: boolean;
}

/** What must be known before dependency injection begins. */
export interface SocialAuthExtras {
  /** The providers that are mounted, at least one: each has its route and needs its settings. */
  providers: readonly ProviderDefinition[];
  /** Whether the guard protects every controller of the application. Default: true. */
  globalGuard?: boolean;
  /** Whether every module of the application may inject what this one exports. Default: false. */
  isGlobal?: boolean;
  /** Name of the host's DataSource, a PostgreSQL one. Default: TypeORM's default. */
  dataSource?: string;
}

/** The module's options are wrong. */
export class SocialAuthConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The options of SocialAuthModule are wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
}
