import { AccountEntity } from './accounts/account.entity';
import { IdentityEntity } from './accounts/identity.entity';
import { LinkTicketEntity } from './accounts/linking/link-ticket.entity';
import { CreateSocialAuthTables1763740800000 } from './migrations/1763740800000-create-social-auth-tables';
import { AddLivesOfTokensAndAccounts1795305600000 } from './migrations/1795305600000-add-lives-of-tokens-and-accounts';
import { CreateSecurityLog1795305600001 } from './migrations/1795305600001-create-security-log';
import { CreateReplayTables1795305600002 } from './migrations/1795305600002-create-replay-tables';
import { CreateRevocationFeed1795305600003 } from './migrations/1795305600003-create-revocation-feed';
import { CreateAccountSearch1795305600004 } from './migrations/1795305600004-create-account-search';
import { AddMachineAccounts1795305600005 } from './migrations/1795305600005-add-machine-accounts';
import { NarrowTokenKey1795305600006 } from './migrations/1795305600006-narrow-token-key';
import { CreateMachineSearch1795305600007 } from './migrations/1795305600007-create-machine-search';
import * as builtIn from './providers/built-in';
import type { ProviderSource } from './providers/provider-definition';
import { TokenEntity } from './tokens/token.entity';

export { SocialAuthModule } from './social-auth.module';
export {
  SocialAuthConfigurationError,
  type SocialAuthExtras,
  type ProviderSettings,
  type SocialAuthOptions,
  type TokenOptions,
  type AccountOptions,
  type IdTokenOptions,
  type SecurityLogOptions,
  type RevocationOptions,
} from './social-auth.options';

export { CurrentAccount, CurrentPrincipal, CurrentToken } from './guard/principal.decorators';
export {
  OptionalAuth,
  Public,
  RequireFreshSignIn,
  RequireIssuedToken,
  RequireRoles,
  RequireScopes,
} from './guard/route-access';
export { GuardRefusals } from './guard/guard-refusals';
export { TokenAuthGuard } from './guard/token-auth.guard';
export type {
  AccountKind,
  Principal,
  PrincipalAccount,
  PrincipalToken,
  PrincipalTokenKind,
  TokenKind,
} from './tokens/principal';
export type { PersonalTokenRules, TokenCacheRule, TokenLimitPolicy, TokenLimitRule } from './tokens/token-rules';
export type { AdminIdentity, LinkingPolicy } from './accounts/account-rules';
export type { EventClient, EventContext, SecurityEvent, SecurityEventType } from './security-log/security-event';

export { ADMIN_ROLE } from './accounts/administration/account-change';
export type { AccountData, ExportedToken } from './accounts/administration/account-export';
export { AccountsService, type SignInResult } from './accounts/accounts.service';
export { AccountEntity } from './accounts/account.entity';
export { IdentityEntity } from './accounts/identity.entity';
export { TokenEntity } from './tokens/token.entity';
export type { AccountHooks } from './accounts/account-policy';
export type { SignInHooks } from './endpoints/sign-in/sign-in-hooks';
export type { AuthScheme } from './guard/authorization-header';
export { LookupFigures } from './tokens/lookup-figures';
export { SignInFigures } from './accounts/sign-in/sign-in-figures';
export type { IssuedToken } from './tokens/token-issuer';
export type { HmacKey } from './tokens/token-digest';
export type { SignInClient } from './accounts/sign-in-client';
export type {
  CredentialKind,
  PostedCredential,
  SocialAuthStrategy,
  VerifiedCredential,
  VerifiedIdentity,
} from './verification/verified-credential';

// The parts of which a provider is composed.
export {
  audienceIs,
  audiencesOf,
  authorizedPartyIs,
  issuerIs,
  subjectIsSound,
  timesHold,
  type ClaimCheck,
  type TokenLimits,
} from './verification/claim-checks';
export { looksLikeJwt, ownMember, parseCompactJwt, type CompactJwt, type JsonObject } from './verification/compact-jwt';
export type { BearerForm } from './verification/bearer-form';
export { contextOf, scopesClaim, stringClaim } from './verification/credential-claims';
export { verifyJwt, type JwtExpectations } from './verification/jwt-verification';
export { nameOf, profileOf, type Profile } from './verification/profile';
export { quoted, quotedClaim } from './verification/quoted-value';
export { verifyRs256Signature } from './verification/rs256-signature';
export { isUsableKey } from './verification/usable-key';
export { fetchBounded, jsonObjectOf, type BoundedAnswer } from './verification/bounded-fetch';
export { discoverKeyAddress, discoveryAddressOf } from './verification/key-discovery';
export type { KeySource } from './verification/key-source';

export * from './providers/built-in';
export type { GoogleSettings } from './providers/google/google.settings';
export type { Auth0Settings } from './providers/auth0/auth0.settings';
export type { OidcSettings } from './providers/oidc/oidc.settings';
export type { OidcInstance } from './providers/oidc/oidc-instance';
export type { GithubSettings } from './providers/github/github.settings';
export type { FacebookSettings } from './providers/facebook/facebook.settings';
export { addressFaults, listOf } from './providers/provider-addresses';
export { checkedClients, clientIdsOf, clientsOfVariable } from './providers/provider-clients';
export type { ClientPlatform, KnownClient, NonceRule, ProviderClient } from './replay/provider-client';
export {
  defineProvider,
  ProviderSettingsError,
  strategyOf,
  type ProviderDefinition,
  type ProviderEnvironment,
  type ProviderFamily,
  type ProviderSource,
  type SamePerson,
  type StrategyTools,
} from './providers/provider-definition';

export { Client, ClientResolver, type ClientSource } from './endpoints/http/client-of-request';
export { AcceptedSignIns } from './endpoints/sign-in/accepted-sign-ins';
export { CredentialAcceptance } from './endpoints/sign-in/credential-acceptance';
export { isBodilessCall } from './endpoints/http/bodiless-call.guard';
export { RefusalCounter, type RefusalCount } from './endpoints/sign-in/refusal-counter';
export {
  CountsAsSignIn,
  SIGN_IN_ROUTE,
  SignInRoute,
  type SignInRouteKind,
  type SignInRouteTexts,
} from './endpoints/sign-in/sign-in-route.decorator';
export type { SignInBody, SignInBodyReader } from './endpoints/sign-in/sign-in-body';
export { isJsonMediaType } from './endpoints/http/json-media-type';
export { SignInRequest } from './endpoints/sign-in/sign-in.request';
export { SignInResponse } from './endpoints/sign-in/sign-in.response';
export { SignInService } from './endpoints/sign-in/sign-in.service';
export { CodePoints } from './endpoints/http/code-points.decorator';
export { ValidatedBody, ValidatedQuery } from './endpoints/http/validated-body';
export { pageOf, PageQuery } from './endpoints/http/page.query';
export { ApiGuarded, ApiProblems } from './endpoints/http/api-problems.decorator';

export { errorCatalogue, type ErrorCode, type ErrorDescription } from './errors/error-catalogue';
export { problemDetails, type ProblemDetails } from './errors/problem-details';
export { ProblemDetailsFilter, SocialAuthErrorFilter } from './errors/problem-details.filter';
export * from './errors/refusal-explanation';
export * from './errors/social-auth.error';

export {
  createPostgresRevocationBus,
  type PostgresRevocationBusOptions,
} from './revocation/bus/postgres-revocation.bus';
export { createRedisRevocationBus, type RedisRevocationBusOptions } from './revocation/bus/redis-revocation.bus';
export type { Revocation } from './revocation/revocation';
export type { RevocationBus, RevocationBusListener } from './revocation/revocation-bus';
export { RevocationFigures, type RevocationReport } from './revocation/revocation-figures';
export type { HintFigures } from './revocation/revocation-hints';
export { Revocations, type RevocationListener } from './revocation/revocations';

export { isDatabaseFailure } from './database/connection-failure';
export { StatementFailedError } from './database/statement-failed.error';
export { SocialAuthDatabase, type Statement } from './database/social-auth.database';
export { Clock, SystemClock } from './clock/clock';
export { KeyStores } from './verification/key-stores';
export type { KeyStore, KeyStoreHealth } from './verification/key-store';
export type { VerificationKey } from './verification/key-set';

/** The providers that come with the module. */
export const builtInProviders: readonly ProviderSource[] = Object.values(builtIn);

/** The entities of the module, for the host's DataSource. */
export const socialAuthEntities = [AccountEntity, IdentityEntity, LinkTicketEntity, TokenEntity];

/** The migrations of the module, for the host's DataSource. */
export const socialAuthMigrations = [
  CreateSocialAuthTables1763740800000,
  AddLivesOfTokensAndAccounts1795305600000,
  CreateSecurityLog1795305600001,
  CreateReplayTables1795305600002,
  CreateRevocationFeed1795305600003,
  CreateAccountSearch1795305600004,
  AddMachineAccounts1795305600005,
  NarrowTokenKey1795305600006,
  CreateMachineSearch1795305600007,
];
