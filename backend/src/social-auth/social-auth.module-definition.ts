import { ConfigurableModuleBuilder } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TokenAuthGuard } from './guard/token-auth.guard';
import { strategyProviders } from './option-providers';
import {
  SOCIAL_AUTH_EXTRAS,
  SOCIAL_AUTH_OPTIONS,
  type SocialAuthExtras,
  type SocialAuthOptions,
} from './social-auth.options';

/** The dynamic module behind `forRoot` and `forRootAsync`. */
export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<SocialAuthOptions>({
  moduleName: 'SocialAuth',
  optionsInjectionToken: SOCIAL_AUTH_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras<SocialAuthExtras>({ providers: [], globalGuard: true }, (definition, extras) => ({
    ...definition,
    controllers: [...(definition.controllers ?? []), ...extras.providers.map(({ controller }) => controller)],
    providers: [
      ...(definition.providers ?? []),
      { provide: SOCIAL_AUTH_EXTRAS, useValue: extras },
      ...strategyProviders(extras.providers),
      ...(extras.globalGuard === false ? [] : [{ provide: APP_GUARD, useExisting: TokenAuthGuard }]),
    ],
  }))
  .build();
