import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { figuresOf } from './figures/all.figures';
import { MetricsSources } from './metrics-sources';
import { RequestDurations } from './request-durations';
import { metricOf, registrable } from './scraped-metric';

/** Everything that this process tells of itself, in Prometheus' format. */
@Injectable()
export class MetricsRegistry {
  private readonly registry = new Registry();

  constructor(durations: RequestDurations, sources: MetricsSources) {
    this.registry.registerMetric(registrable(durations));
    for (const figure of figuresOf(sources)) this.registry.registerMetric(metricOf(figure));
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The metrics as they are now. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
