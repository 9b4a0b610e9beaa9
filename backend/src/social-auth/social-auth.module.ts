import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountsService } from './accounts/accounts.service';
import { AccountDeletion } from './accounts/administration/account-deletion';
import { AccountDirectory } from './accounts/administration/account-directory';
import { AccountExport } from './accounts/administration/account-export';
import { AccountRoles } from './accounts/administration/account-roles';
import { AccountStatus } from './accounts/administration/account-status';
import { EmailRelease } from './accounts/administration/email-release';
import { IdentityLinking } from './accounts/linking/identity-linking';
import { IdentityList } from './accounts/linking/identity-list';
import { IdentityUnlinking } from './accounts/linking/identity-unlinking';
import { LinkTickets } from './accounts/linking/link-tickets';
import { EmailConflicts } from './accounts/sign-in/email-conflicts';
import { Entrance } from './accounts/sign-in/entrance';
import { FirstSight } from './accounts/sign-in/first-sight';
import { NewIdentities } from './accounts/sign-in/new-identities';
import { OrdinarySignIn } from './accounts/sign-in/ordinary-sign-in';
import { RefusedIdentities } from './accounts/sign-in/refused-identities';
import { SignIn } from './accounts/sign-in/sign-in';
import { SignInFigures } from './accounts/sign-in/sign-in-figures';
import { Tombstones } from './accounts/sign-in/tombstones';
import { Clock, SystemClock } from './clock/clock';
import { Purge } from './database/purge';
import { SocialAuthDatabase } from './database/social-auth.database';
import { DirectAccounts } from './direct-bearer/direct-accounts';
import { DirectBearerTokens } from './direct-bearer/direct-bearer-tokens';
import { DirectRecord } from './direct-bearer/direct-record';
import { AccountsController } from './endpoints/accounts/accounts.controller';
import { OwnAccountController } from './endpoints/accounts/own-account.controller';
import { AdminAccountsController } from './endpoints/administration/admin-accounts.controller';
import { AdminChangesController } from './endpoints/administration/admin-changes.controller';
import { AdminEventsController } from './endpoints/administration/admin-events.controller';
import { ClientPipe, ClientResolver } from './endpoints/http/client-of-request';
import { IdentitiesController } from './endpoints/identities/identities.controller';
import { IdentitiesService } from './endpoints/identities/identities.service';
import { LinkController } from './endpoints/identities/link.controller';
import { LinkService } from './endpoints/identities/link.service';
import { AcceptedSignIns } from './endpoints/sign-in/accepted-sign-ins';
import { ChallengeController } from './endpoints/sign-in/challenge.controller';
import { CredentialAcceptance } from './endpoints/sign-in/credential-acceptance';
import { RefusalCounter } from './endpoints/sign-in/refusal-counter';
import { SignInRefusals } from './endpoints/sign-in/sign-in-refusals';
import { SignInService } from './endpoints/sign-in/sign-in.service';
import { LeakedTokensController } from './endpoints/tokens/leaked-tokens.controller';
import { LogoutController } from './endpoints/tokens/logout.controller';
import { PersonalTokensController } from './endpoints/tokens/personal-tokens.controller';
import { RotationController } from './endpoints/tokens/rotation.controller';
import { SessionsController } from './endpoints/tokens/sessions.controller';
import { SocialAuthErrorFilter } from './errors/problem-details.filter';
import { BearerStrategy } from './guard/bearer.strategy';
import { DirectBearer } from './guard/direct-bearer';
import { GuardRefusals } from './guard/guard-refusals';
import { GUARD_SETTINGS } from './guard/guard-settings';
import { TokenAuthGuard } from './guard/token-auth.guard';
import { optionProviders } from './option-providers';
import { Challenges } from './replay/challenges';
import { UsedCredentials } from './replay/used-credentials';
import { Announcements } from './revocation/announcements';
import { FeedReader } from './revocation/feed-reader';
import { Invalidations } from './revocation/invalidations';
import { RevocationFigures } from './revocation/revocation-figures';
import { RevocationHints } from './revocation/revocation-hints';
import { Revocations } from './revocation/revocations';
import { SecurityLog } from './security-log/security-log';
import { SecurityLogReader } from './security-log/security-log.reader';
import { ConfigurableModuleClass } from './social-auth.module-definition';
import { LastUse } from './tokens/last-use';
import { LeakedTokens } from './tokens/leaked-token';
import { LookupFigures } from './tokens/lookup-figures';
import { PersonalTokens } from './tokens/personal-tokens';
import { TokenCache } from './tokens/token-cache';
import { TokenEnding } from './tokens/token-ending';
import { TokenIssuer } from './tokens/token-issuer';
import { TokenLimit } from './tokens/token-limit';
import { TokenList } from './tokens/token-list';
import { TokenLookup } from './tokens/token-lookup';
import { TokenReuse } from './tokens/token-reuse';
import { TokenRevocation } from './tokens/token-revocation';
import { TokenRotation } from './tokens/token-rotation';
import { KeyStores } from './verification/key-stores';

/** Exchanges provider tokens for tokens of this API and guards every controller with them. */
@Module({
  controllers: [
    AccountsController,
    ChallengeController,
    IdentitiesController,
    LinkController,
    LogoutController,
    SessionsController,
    RotationController,
    PersonalTokensController,
    LeakedTokensController,
    OwnAccountController,
    AdminAccountsController,
    AdminChangesController,
    AdminEventsController,
  ],
  providers: [
    ...optionProviders,
    { provide: Clock, useClass: SystemClock },
    { provide: APP_FILTER, useClass: SocialAuthErrorFilter },
    KeyStores,
    Purge,
    Invalidations,
    Announcements,
    FeedReader,
    RevocationHints,
    RevocationFigures,
    Revocations,
    SecurityLog,
    SecurityLogReader,
    LastUse,
    TokenLimit,
    TokenIssuer,
    TokenReuse,
    LookupFigures,
    TokenCache,
    TokenLookup,
    TokenEnding,
    TokenRevocation,
    TokenRotation,
    TokenList,
    PersonalTokens,
    LeakedTokens,
    Tombstones,
    AccountStatus,
    AccountDeletion,
    AccountExport,
    AccountRoles,
    AccountDirectory,
    EmailRelease,
    LinkTickets,
    EmailConflicts,
    NewIdentities,
    Entrance,
    FirstSight,
    SignInFigures,
    OrdinarySignIn,
    SignIn,
    RefusedIdentities,
    IdentityLinking,
    IdentityUnlinking,
    IdentityList,
    AccountsService,
    DirectAccounts,
    DirectRecord,
    { provide: DirectBearer, useClass: DirectBearerTokens },
    BearerStrategy,
    GuardRefusals,
    TokenAuthGuard,
    ClientResolver,
    ClientPipe,
    Challenges,
    UsedCredentials,
    CredentialAcceptance,
    AcceptedSignIns,
    RefusalCounter,
    SignInRefusals,
    SignInService,
    IdentitiesService,
    LinkService,
  ],
  exports: [
    AccountsService,
    SocialAuthDatabase,
    RevocationFigures,
    Revocations,
    // With what it is made of, so that a host can put the guard where it wants it.
    TokenAuthGuard,
    BearerStrategy,
    GUARD_SETTINGS,
    LookupFigures,
    SignInFigures,
    GuardRefusals,
    ClientResolver,
    AcceptedSignIns,
    RefusalCounter,
    KeyStores,
    Clock,
  ],
})
export class SocialAuthModule extends ConfigurableModuleClass {}
