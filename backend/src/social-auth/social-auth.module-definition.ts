import { ConfigurableModuleBuilder } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { SocialAuthDatabase } from './database/social-auth.database';
import { TokenAuthGuard } from './guard/token-auth.guard';
import { bearerSourcesProvider, strategiesProvider, strategyProviders } from './option-providers';
import {
  MOUNTED_PROVIDERS,
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
    global: extras.isGlobal ?? false,
    controllers: [...(definition.controllers ?? []), ...extras.providers.map(({ controller }) => controller)],
    providers: [
      ...(definition.providers ?? []),
      // Only what is wanted of it: under forRoot the options with their keys come along.
      { provide: MOUNTED_PROVIDERS, useValue: extras.providers },
      {
        provide: SocialAuthDatabase,
        inject: [getDataSourceToken(extras.dataSource)],
        useFactory: (dataSource: DataSource) => new SocialAuthDatabase(dataSource),
      },
      ...strategyProviders(extras.providers),
      strategiesProvider(extras.providers),
      bearerSourcesProvider(extras.providers),
      ...(extras.globalGuard === false ? [] : [{ provide: APP_GUARD, useExisting: TokenAuthGuard }]),
    ],
  }))
  .build();
