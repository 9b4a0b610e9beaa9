import { Module } from '@nestjs/common';
import { Lifecycle } from '../lifecycle/lifecycle';
import { DatabaseHealth } from './database.health';
import { HealthController } from './health.controller';

/** Liveness and readiness. */
@Module({ controllers: [HealthController], providers: [DatabaseHealth, Lifecycle], exports: [Lifecycle] })
export class HealthModule {}
