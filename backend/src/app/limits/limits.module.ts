import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';
import type { LimitSettings } from '../settings/settings';
import { RedisConnection } from './redis.connection';
import { SignInLimitGuard } from './sign-in-limit.guard';
import { SIGN_INS_PER_MINUTE, SignInLimits } from './sign-in-limits';
import { SteadfastThrottlerStorage } from './steadfast-throttler.storage';

/** The limits on signing in, counted in Redis where there is one. */
@Global()
@Module({})
export class LimitsModule {
  static forRoot({ signInsPerMinute, redisUrl }: LimitSettings): DynamicModule {
    return {
      module: LimitsModule,
      providers: [
        ...storageProviders(redisUrl),
        { provide: SIGN_INS_PER_MINUTE, useValue: signInsPerMinute },
        { provide: APP_GUARD, useClass: SignInLimitGuard },
        SignInLimits,
      ],
      exports: [SignInLimits, ...(redisUrl === undefined ? [] : [RedisConnection])],
    };
  }
}

function storageProviders(redisUrl: string | undefined): Provider[] {
  if (redisUrl === undefined) return [{ provide: ThrottlerStorage, useClass: ThrottlerStorageService }];
  return [
    { provide: RedisConnection, useFactory: () => new RedisConnection(redisUrl) },
    {
      provide: ThrottlerStorage,
      inject: [RedisConnection],
      useFactory: ({ client }: RedisConnection) =>
        new SteadfastThrottlerStorage(new ThrottlerStorageRedisService(client)),
    },
  ];
}
