import type { FactoryProvider, Provider } from '@nestjs/common';
import { ACCOUNT_POLICY, type AccountPolicy } from './accounts/account-policy';
import { Clock } from './clock/clock';
import { FRONTEND_SHARED_SECRET } from './endpoints/client-of-request';
import { SIGN_IN_HOOKS, type SignInHooks } from './endpoints/sign-in.service';
import { GUARD_SETTINGS, type GuardSettings } from './guard/guard-settings';
import { checkOptions } from './options-check';
import { strategyOf, type ProviderDefinition } from './providers/provider-definition';
import { MOUNTED_PROVIDERS, SOCIAL_AUTH_OPTIONS, type SocialAuthOptions } from './social-auth.options';
import { TokenDigest } from './tokens/token-digest';
import { TokenFormat } from './tokens/token-format';
import { TOKEN_TTL_SECONDS } from './tokens/token-issuer';
import { PREPARED_STATEMENTS } from './tokens/token-lookup';
import { KeyStores } from './verification/key-stores';

const CHECKED_OPTIONS = 'SOCIAL_AUTH_CHECKED_OPTIONS';

const fromOptions = <Part>(
  provide: FactoryProvider['provide'],
  part: (options: SocialAuthOptions) => Part,
): FactoryProvider<Part> => ({ provide, inject: [CHECKED_OPTIONS], useFactory: part });

function policyOf(options: SocialAuthOptions, providers: readonly ProviderDefinition[]): AccountPolicy {
  const titles = new Map(providers.map(({ name, title }) => [name, title]));
  return {
    titleOf: (provider) => titles.get(provider) ?? provider,
    onAccountCreated: options.onAccountCreated?.bind(options),
    onAccountDeleted: options.onAccountDeleted?.bind(options),
  };
}

/** What the rooms of the module are given of its options, each just what it needs. */
export const optionProviders: Provider[] = [
  {
    provide: CHECKED_OPTIONS,
    inject: [SOCIAL_AUTH_OPTIONS, MOUNTED_PROVIDERS],
    useFactory: (options: SocialAuthOptions, providers: readonly ProviderDefinition[]): SocialAuthOptions => {
      checkOptions(options, providers);
      return options;
    },
  },
  fromOptions(TokenFormat, ({ tokens }) => new TokenFormat(tokens.prefix ?? 'nte')),
  fromOptions(TokenDigest, ({ tokens }) => new TokenDigest(tokens.hmacKeys)),
  fromOptions(TOKEN_TTL_SECONDS, ({ tokens }) => tokens.ttlSeconds ?? 86_400),
  fromOptions(PREPARED_STATEMENTS, ({ preparedStatements }) => preparedStatements ?? true),
  fromOptions(FRONTEND_SHARED_SECRET, ({ frontendSharedSecret }) => frontendSharedSecret),
  fromOptions<SignInHooks>(SIGN_IN_HOOKS, (options) => ({
    onCredentialVerified: options.onCredentialVerified?.bind(options),
  })),
  fromOptions<GuardSettings>(GUARD_SETTINGS, ({ authSchemes = ['Bearer'], realm = 'api' }) => ({
    schemes: authSchemes,
    realm,
  })),
  {
    provide: ACCOUNT_POLICY,
    inject: [CHECKED_OPTIONS, MOUNTED_PROVIDERS],
    useFactory: policyOf,
  },
];

/** One strategy for each mounted provider. */
export const strategyProviders = (definitions: readonly ProviderDefinition[]): Provider[] =>
  definitions.map((definition) => ({
    provide: strategyOf(definition.name),
    inject: [CHECKED_OPTIONS, KeyStores, Clock],
    useFactory: ({ providerSettings }: SocialAuthOptions, keyStores: KeyStores, clock: Clock) =>
      definition.createStrategy(providerSettings[definition.name] ?? {}, {
        clock,
        keyStore: (jwksUri) => keyStores.for(definition.name, jwksUri),
      }),
  }));
