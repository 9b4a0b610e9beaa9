import type { AccountHooks } from './accounts/account-policy';
import type { SignInHooks } from './endpoints/sign-in.service';
import type { AuthScheme } from './guard/authorization-header';
import type { ProviderDefinition } from './providers/provider-definition';
import type { HmacKey } from './tokens/token-digest';

/** Injection token of the {@link SocialAuthOptions}, as the host gave them. */
export const SOCIAL_AUTH_OPTIONS = 'SOCIAL_AUTH_OPTIONS';

/** Injection token of the {@link SocialAuthExtras}. */
export const SOCIAL_AUTH_EXTRAS = 'SOCIAL_AUTH_EXTRAS';

/** How tokens are made and kept. */
export interface TokenOptions {
  /** Keys under which tokens are kept: the first signs, all recognise. Required; each at least 32 bytes. */
  hmacKeys: readonly HmacKey[];
  /** What tokens begin with; give each environment its own. Default: `nte`. */
  prefix?: string;
  /** Lifetime in seconds. Default: 86,400. */
  ttlSeconds?: number;
}

/** Options of the module; what is wrong stops the boot with a SocialAuthConfigurationError that names every fault. */
export interface SocialAuthOptions extends AccountHooks, SignInHooks {
  tokens: TokenOptions;
  /** Settings of each mounted provider, by its name. */
  providerSettings: Readonly<Record<string, object>>;
  /** Accepted schemes of the Authorization header. Default: `Bearer` alone. */
  authSchemes?: readonly AuthScheme[];
  /** Realm of the challenge, without quotes or backslashes. Default: `api`. */
  realm?: string;
  /** Whether look-ups use prepared statements; `false` behind a pooler that cannot keep them. Default: true. */
  preparedStatements?: boolean;
  /** The secret with which our own frontend speaks for its visitors; at least 32 characters. Default: nobody does. */
  frontendSharedSecret?: string;
}

/** What must be known before dependency injection begins. */
export interface SocialAuthExtras {
  /** The providers that are mounted, at least one: each has its route and needs its settings. */
  providers: readonly ProviderDefinition[];
  /** Whether the guard protects every controller of the application. Default: true. */
  globalGuard?: boolean;
}

/** The module's options are wrong. */
export class SocialAuthConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The options of SocialAuthModule are wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
}
