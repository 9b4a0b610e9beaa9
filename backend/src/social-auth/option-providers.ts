import type { FactoryProvider, Provider } from '@nestjs/common';
import { ACCOUNT_POLICY, type AccountPolicy } from './accounts/account-policy';
import { ACCOUNT_RULES, type AccountRules } from './accounts/account-rules';
import { Clock } from './clock/clock';
import { BACKGROUND_JOBS } from './database/background-jobs';
import { PREPARED_STATEMENTS } from './database/prepared-statements';
import { PURGE_RULES, type PurgeRule } from './database/purge-rule';
import { BEARER_SOURCES, type BearerSource } from './direct-bearer/bearer-source';
import { FRONTEND_SHARED_SECRET } from './endpoints/http/client-of-request';
import { EXPLAIN_REFUSALS } from './endpoints/sign-in/credential-acceptance';
import { MOUNTED_STRATEGIES, type MountedStrategies } from './endpoints/sign-in/mounted-strategies';
import { SIGN_IN_HOOKS, type SignInHooks } from './endpoints/sign-in/sign-in-hooks';
import { GUARD_SETTINGS, type GuardSettings } from './guard/guard-settings';
import { accountRulesOf, replayRulesOf, tokenRulesOf } from './option-defaults';
import { checkOptions } from './options-check';
import { configuredProviders, ExplainingStrategy } from './providers/explaining.strategy';
import { providerClients } from './providers/provider-clients';
import { strategyOf, type ProviderDefinition } from './providers/provider-definition';
import { counterpartLookup } from './providers/same-person';
import { purgeRulesOf } from './purge-rules';
import { ProviderClients } from './replay/provider-client';
import { REPLAY_RULES, type ReplayRules } from './replay/replay-rules';
import { Freshness } from './revocation/freshness';
import { Invalidations } from './revocation/invalidations';
import { REVOCATION_BUS, type RevocationBus } from './revocation/revocation-bus';
import { REVOCATION_RULES, type RevocationRules } from './revocation/revocation-rules';
import { MOUNTED_PROVIDERS, SOCIAL_AUTH_OPTIONS, type SocialAuthOptions } from './social-auth.options';
import { TokenDigest } from './tokens/token-digest';
import { TokenFormat } from './tokens/token-format';
import { TOKEN_RULES, type TokenRules } from './tokens/token-rules';
import { KeyStores } from './verification/key-stores';
import type { SocialAuthStrategy } from './verification/verified-credential';

const CHECKED_OPTIONS = 'SOCIAL_AUTH_CHECKED_OPTIONS';

const fromOptions = <Part>(
  provide: FactoryProvider['provide'],
  part: (options: SocialAuthOptions) => Part,
): FactoryProvider<Part> => ({ provide, inject: [CHECKED_OPTIONS], useFactory: part });

function policyOf(options: SocialAuthOptions, providers: readonly ProviderDefinition[]): AccountPolicy {
  const titles = new Map(providers.map(({ name, title }) => [name, title]));
  return {
    titleOf: (provider) => titles.get(provider) ?? provider,
    counterpartsOf: options.accounts?.linkSameSubject
      ? counterpartLookup(providers, options.providerSettings)
      : () => [],
    onAccountCreated: options.onAccountCreated?.bind(options),
    onAccountDeleted: options.onAccountDeleted?.bind(options),
    onAccountExport: options.onAccountExport?.bind(options),
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
  fromOptions<TokenRules>(TOKEN_RULES, tokenRulesOf),
  fromOptions<AccountRules>(ACCOUNT_RULES, accountRulesOf),
  fromOptions<ReplayRules>(REPLAY_RULES, replayRulesOf),
  fromOptions(EXPLAIN_REFUSALS, ({ explainRefusals }) => explainRefusals ?? false),
  fromOptions<PurgeRule[]>(PURGE_RULES, purgeRulesOf),
  fromOptions<RevocationRules>(REVOCATION_RULES, ({ revocation }) => ({ boundMs: revocation?.boundMs ?? 2_000 })),
  fromOptions<RevocationBus | undefined>(REVOCATION_BUS, ({ revocation }) => revocation?.bus),
  {
    provide: Freshness,
    inject: [Clock, REVOCATION_RULES, Invalidations],
    useFactory: (clock: Clock, { boundMs }: RevocationRules, invalidations: Invalidations) =>
      new Freshness(clock, boundMs, () => invalidations.apply({ kind: 'everything' })),
  },
  fromOptions(BACKGROUND_JOBS, ({ backgroundJobs }) => backgroundJobs ?? true),
  fromOptions(PREPARED_STATEMENTS, ({ preparedStatements }) => preparedStatements ?? true),
  fromOptions(FRONTEND_SHARED_SECRET, ({ frontendSharedSecret }) => frontendSharedSecret),
  fromOptions<SignInHooks>(SIGN_IN_HOOKS, (options) => ({
    onCredentialVerified: options.onCredentialVerified?.bind(options),
    onUnknownBearer: options.onUnknownBearer?.bind(options),
  })),
  fromOptions<GuardSettings>(GUARD_SETTINGS, (options) => ({
    schemes: options.authSchemes ?? ['Bearer'],
    realm: options.realm ?? 'api',
    freshSignInSeconds: accountRulesOf(options).freshSignInSeconds,
  })),
  {
    provide: ACCOUNT_POLICY,
    inject: [CHECKED_OPTIONS, MOUNTED_PROVIDERS],
    useFactory: policyOf,
  },
  {
    provide: ProviderClients,
    inject: [CHECKED_OPTIONS, MOUNTED_PROVIDERS],
    useFactory: ({ providerSettings }: SocialAuthOptions, providers: readonly ProviderDefinition[]) =>
      providerClients(providers, providerSettings),
  },
];

/** One strategy for each mounted provider. */
export const strategyProviders = (definitions: readonly ProviderDefinition[]): Provider[] =>
  definitions.map((definition) => ({
    provide: strategyOf(definition.name),
    inject: [CHECKED_OPTIONS, KeyStores, Clock],
    useFactory: (options: SocialAuthOptions, keyStores: KeyStores, clock: Clock) => {
      const { name } = definition;
      const { providerSettings, explainRefusals } = options;
      const strategy = definition.createStrategy(providerSettings[name] ?? {}, {
        clock,
        keyStore: (source) => keyStores.for(name, source),
      });
      if (!explainRefusals) return strategy;
      const configured = configuredProviders(definitions, providerSettings);
      return new ExplainingStrategy(strategy, { provider: name, configured });
    },
  }));

/** The providers whose settings want their access tokens to be taken as bearer tokens. */
export const bearerSourcesProvider = (definitions: readonly ProviderDefinition[]): Provider => ({
  provide: BEARER_SOURCES,
  inject: [CHECKED_OPTIONS, MOUNTED_STRATEGIES, KeyStores],
  useFactory: (
    { providerSettings }: SocialAuthOptions,
    strategies: MountedStrategies,
    keyStores: KeyStores,
  ): BearerSource[] =>
    definitions.flatMap((definition) => {
      const { name } = definition;
      const [form, strategy] = [definition.bearer?.(providerSettings[name] ?? {}), strategies.get(name)];
      return form && strategy ? [{ provider: name, form, strategy, keys: keyStores.for(name, form.keySource) }] : [];
    }),
});

/** The strategies of all mounted providers together. */
export const strategiesProvider = (definitions: readonly ProviderDefinition[]): Provider => ({
  provide: MOUNTED_STRATEGIES,
  inject: definitions.map(({ name }) => strategyOf(name)),
  useFactory: (...strategies: SocialAuthStrategy[]): MountedStrategies =>
    new Map(definitions.map(({ name }, index) => [name, strategies[index] as SocialAuthStrategy])),
});
