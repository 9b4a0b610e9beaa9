import type { Metric } from 'prom-client';
import type { Figure } from './figures/figure';

/** One line of a metric. */
export interface ScrapedValue {
  /** Where it is not that of the metric: the buckets of a histogram have names of their own. */
  metricName?: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** A metric whose values are read when the metrics are asked for: as much of prom-client's as its registry calls. */
export interface ScrapedMetric {
  readonly name: string;
  get(): Promise<{ name: string; help: string; type: 'counter' | 'gauge' | 'histogram'; values: ScrapedValue[] }>;
}

/** A figure as prom-client's registry takes it. */
export function metricOf(figure: Figure): Metric {
  const { name, help, type } = figure;
  return registrable({
    name,
    get: () => {
      const values = figure.read().map(({ labels = {}, value }) => ({ labels, value }));
      return Promise.resolve({ name, help, type, values });
    },
  });
}

/** The registry's types ask for the counters and gauges that prom-client itself keeps; it calls nothing but `get`. */
export const registrable = (metric: ScrapedMetric): Metric => metric as unknown as Metric;
