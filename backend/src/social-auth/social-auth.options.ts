import type { AccountHooks } from './accounts/account-policy';
import type { SignInHooks } from './endpoints/sign-in.service';
import type { AuthScheme } from './guard/authorization-header';
import type { Auth0Settings } from './providers/auth0/auth0.settings';
import type { GoogleSettings } from './providers/google/google.settings';
import type { ProviderDefinition } from './providers/provider-definition';
import type { HmacKey } from './tokens/token-digest';

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
  /** Lifetime in seconds. Default: 86,400. */
  ttlSeconds?: number;
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
