import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ProblemDetailsFilter, SocialAuthModule } from '../social-auth';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { LimitsModule } from './limits/limits.module';
import { SignInLimits } from './limits/sign-in-limits';
import { MetricsModule } from './metrics/metrics.module';
import type { RequestDurations } from './metrics/request-durations';
import { NotesModule } from './notes';
import type { Settings } from './settings/settings';
import { socialAuthOptions } from './social-auth-options';

/** The reference server: everything that it is made of. */
@Module({})
export class AppModule {
  static forRoot(settings: Settings, durations: RequestDurations): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EventEmitterModule.forRoot(),
        DatabaseModule.forRoot(settings.database),
        LimitsModule.forRoot(settings.limits),
        socialAuthModule(settings),
        NotesModule,
        HealthModule,
        ...(settings.metrics ? [MetricsModule.forRoot(settings.metrics, durations)] : []),
      ],
      providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }],
    };
  }
}

/** Global, so that limits, health and notes find its services. */
function socialAuthModule(settings: Settings): DynamicModule {
  const module = SocialAuthModule.forRootAsync({
    providers: settings.providers.definitions,
    inject: [SignInLimits],
    useFactory: (limits: SignInLimits) => socialAuthOptions(settings, limits),
  });
  return { ...module, global: true };
}
