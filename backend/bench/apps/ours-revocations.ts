import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import {
  createPostgresRevocationBus,
  createRedisRevocationBus,
  google,
  RevocationFigures,
  type RevocationBus,
} from 'nest-token-exchange';
import { setTimeout as pause } from 'node:timers/promises';
import { oursApp } from './ours';
import { ResourceController } from './resource.controller';
import { serve, setting } from './serve';

/** One replica of several, which hear of revocations over the bus of `BUS`. */
async function start(): Promise<void> {
  const providerSettings = { google: { clientIds: [setting('CLIENT_ID')], jwksUri: `${setting('ISSUER_URL')}/jwks` } };
  const app = await oursApp([google], { providerSettings, revocation: { bus: busOf(setting('BUS')) } }, [
    ResourceController,
  ]);
  await app.init();
  await untilHearing(app);
  await serve(app);
}

function busOf(name: string): RevocationBus {
  if (name === 'postgres') return createPostgresRevocationBus({ connectionString: setting('DATABASE_URL') });
  return createRedisRevocationBus({ connect: (options) => new Redis(setting('REDIS_URL'), options) });
}

async function untilHearing(app: INestApplicationContext): Promise<void> {
  const figures = app.get(RevocationFigures, { strict: false });
  for (;;) {
    const { bus, isFresh } = figures.read();
    if (bus === 'up' && isFresh) return;
    await pause(50);
  }
}

void start();
