import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccountsService } from './accounts/accounts.service';
import { Clock, SystemClock } from './clock/clock';
import { SocialAuthDatabase } from './database/social-auth.database';
import { AccountsController } from './endpoints/accounts.controller';
import { ClientPipe, ClientResolver } from './endpoints/client-of-request';
import { LogoutController } from './endpoints/logout.controller';
import { SignInService } from './endpoints/sign-in.service';
import { SocialAuthErrorFilter } from './errors/problem-details.filter';
import { BearerStrategy } from './guard/bearer.strategy';
import { GUARD_SETTINGS } from './guard/guard-settings';
import { TokenAuthGuard } from './guard/token-auth.guard';
import { optionProviders } from './option-providers';
import { ConfigurableModuleClass } from './social-auth.module-definition';
import { TokenIssuer } from './tokens/token-issuer';
import { TokenLookup } from './tokens/token-lookup';
import { TokenRevocation } from './tokens/token-revocation';
import { KeyStores } from './verification/key-stores';

/** Exchanges provider tokens for tokens of this API and guards every controller with them. */
@Module({
  controllers: [AccountsController, LogoutController],
  providers: [
    ...optionProviders,
    { provide: Clock, useClass: SystemClock },
    { provide: APP_FILTER, useClass: SocialAuthErrorFilter },
    KeyStores,
    TokenIssuer,
    TokenLookup,
    TokenRevocation,
    AccountsService,
    BearerStrategy,
    TokenAuthGuard,
    ClientResolver,
    ClientPipe,
    SignInService,
  ],
  exports: [
    AccountsService,
    SocialAuthDatabase,
    // With what it is made of, so that a host can put the guard where it wants it.
    TokenAuthGuard,
    BearerStrategy,
    GUARD_SETTINGS,
    ClientResolver,
    KeyStores,
    Clock,
  ],
})
export class SocialAuthModule extends ConfigurableModuleClass {}
