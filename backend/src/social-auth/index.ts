import { AccountEntity } from './accounts/account.entity';
import { IdentityEntity } from './accounts/identity.entity';
import { CreateSocialAuthTables1763740800000 } from './migrations/1763740800000-create-social-auth-tables';
import * as builtIn from './providers/built-in';
import type { ProviderDefinition } from './providers/provider-definition';
import { TokenEntity } from './tokens/token.entity';

export { SocialAuthModule } from './social-auth.module';
export {
  SocialAuthConfigurationError,
  type SocialAuthExtras,
  type ProviderSettings,
  type SocialAuthOptions,
  type TokenOptions,
} from './social-auth.options';

export { CurrentAccount, CurrentToken } from './guard/principal.decorators';
export { OptionalAuth, Public, RequireScopes } from './guard/route-access';
export { TokenAuthGuard } from './guard/token-auth.guard';
export type { Principal, PrincipalAccount, PrincipalToken } from './tokens/principal';

export { AccountsService, type SignInResult } from './accounts/accounts.service';
export { AccountEntity } from './accounts/account.entity';
export { IdentityEntity } from './accounts/identity.entity';
export { TokenEntity } from './tokens/token.entity';
export type { AccountHooks } from './accounts/account-policy';
export type { SignInHooks } from './endpoints/sign-in.service';
export type { AuthScheme } from './guard/authorization-header';
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
export { contextOf, scopesClaim, stringClaim } from './verification/credential-claims';
export { verifyJwt, type JwtExpectations } from './verification/jwt-verification';
export { profileOf, type Profile } from './verification/profile';
export { verifyRs256Signature } from './verification/rs256-signature';
export { fetchBounded, jsonObjectOf, type BoundedAnswer } from './verification/bounded-fetch';

export * from './providers/built-in';
export type { GoogleSettings } from './providers/google/google.settings';
export type { Auth0Settings } from './providers/auth0/auth0.settings';
export { addressFaults, listOf } from './providers/provider-addresses';
export {
  checkedClientIds,
  defineProvider,
  ProviderSettingsError,
  strategyOf,
  type ProviderDefinition,
  type ProviderEnvironment,
  type StrategyTools,
} from './providers/provider-definition';

export { Client, ClientResolver, type ClientSource } from './endpoints/client-of-request';
export { SIGN_IN_ROUTE, SignInRoute } from './endpoints/sign-in-route.decorator';
export { isJsonMediaType } from './endpoints/json-media-type';
export { SignInRequest } from './endpoints/sign-in.request';
export { SignInResponse } from './endpoints/sign-in.response';
export { SignInService } from './endpoints/sign-in.service';
export { ValidatedBody } from './endpoints/validated-body';
export { ApiGuarded, ApiProblems } from './endpoints/api-problems.decorator';

export { errorCatalogue, type ErrorCode, type ErrorDescription } from './errors/error-catalogue';
export { problemDetails, type ProblemDetails } from './errors/problem-details';
export { ProblemDetailsFilter, SocialAuthErrorFilter } from './errors/problem-details.filter';
export * from './errors/social-auth.error';

export { isDatabaseFailure } from './database/connection-failure';
export { StatementFailedError } from './database/statement-failed.error';
export { SocialAuthDatabase, type Statement } from './database/social-auth.database';
export { Clock, SystemClock } from './clock/clock';
export { KeyStores } from './verification/key-stores';
export type { KeyStore, KeyStoreHealth } from './verification/key-store';
export type { VerificationKey } from './verification/key-set';

/** The providers that come with the module. */
export const builtInProviders: readonly ProviderDefinition[] = Object.values(builtIn);

/** The entities of the module, for the host's DataSource. */
export const socialAuthEntities = [AccountEntity, IdentityEntity, TokenEntity];

/** The migrations of the module, for the host's DataSource. */
export const socialAuthMigrations = [CreateSocialAuthTables1763740800000];
