import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { MetricsSettings } from '../settings/settings';
import { MetricsAccess } from './metrics-access';
import { MetricsController } from './metrics.controller';
import { MetricsSources } from './metrics-sources';
import { MetricsRegistry } from './metrics.registry';
import { MetricsServer } from './metrics.server';
import { RequestDurations } from './request-durations';

/** What the server tells of itself: on a port of its own, or on that of the API for whoever has the token. */
@Module({})
export class MetricsModule {
  static forRoot({ host, port, token }: MetricsSettings, durations: RequestDurations): DynamicModule {
    return {
      module: MetricsModule,
      controllers: port === undefined ? [MetricsController] : [],
      providers: [
        { provide: RequestDurations, useValue: durations },
        { provide: MetricsAccess, useValue: new MetricsAccess(token) },
        MetricsSources,
        MetricsRegistry,
        ...(port === undefined ? [] : [serverAt({ host, port })]),
      ],
    };
  }
}

function serverAt(place: { host: string; port: number }): Provider {
  return {
    provide: MetricsServer,
    inject: [MetricsRegistry, MetricsAccess],
    useFactory: (metrics: MetricsRegistry, access: MetricsAccess) => new MetricsServer(metrics, access, place),
  };
}
