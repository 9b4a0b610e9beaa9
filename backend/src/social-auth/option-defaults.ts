import type { AccountRules } from './accounts/account-rules';
import type { ReplayRules } from './replay/replay-rules';
import type { SocialAuthOptions } from './social-auth.options';
import type { TokenRules } from './tokens/token-rules';

const DAY_SECONDS = 86_400;

/** The rules of tokens, with the defaults for what the host left out. */
export function tokenRulesOf({ tokens }: SocialAuthOptions): TokenRules {
  const { limit, personal } = tokens;
  const longest = personal?.maximumTtlSeconds ?? 365 * DAY_SECONDS;
  return {
    ttlSeconds: tokens.ttlSeconds ?? DAY_SECONDS,
    idleSeconds: tokens.idleSeconds,
    lastUsedSeconds: tokens.lastUsedSeconds ?? 60,
    rotationGraceSeconds: tokens.rotationGraceSeconds ?? 30,
    limit: { perAccount: limit?.perAccount ?? 100, policy: limit?.policy ?? 'evict-oldest' },
    personal: {
      scopes: personal?.scopes ?? [],
      ttlSeconds: personal?.ttlSeconds ?? Math.min(30 * DAY_SECONDS, longest),
      maximumTtlSeconds: longest,
      idleSeconds: personal?.idleSeconds,
      perAccount: personal?.perAccount ?? 50,
    },
    cache: { size: tokens.cache?.size ?? 100_000, seconds: tokens.cache?.seconds ?? 60 },
    retentionSeconds: tokens.retentionSeconds ?? 30 * DAY_SECONDS,
  };
}

/** How often nonces and ID tokens count, with the defaults for what the host left out. */
export function replayRulesOf({ idTokens = {} }: SocialAuthOptions): ReplayRules {
  return { singleUse: idTokens.singleUse ?? false, challengeSeconds: idTokens.challengeSeconds ?? 600 };
}

/** The rules of accounts, with the defaults for what the host left out. */
export function accountRulesOf({ accounts = {} }: SocialAuthOptions): AccountRules {
  const inLowerCase = (domains: readonly string[] = []): string[] => domains.map((domain) => domain.toLowerCase());
  const linking = new Map(Object.entries(accounts.linking ?? {}));
  return {
    signUp: accounts.signUp ?? true,
    allowedHostedDomains: inLowerCase(accounts.allowedHostedDomains),
    allowedEmailDomains: inLowerCase(accounts.allowedEmailDomains),
    linkingOf: (provider) => linking.get(provider) ?? 'refuse',
    linkSameSubject: accounts.linkSameSubject ?? false,
    adminIdentities: accounts.adminIdentities ?? [],
    freshSignInSeconds: accounts.freshSignInSeconds ?? 600,
  };
}
