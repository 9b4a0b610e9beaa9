import { figuresOf } from '../../src/app/metrics/figures/all.figures';
import type { MetricsSources } from '../../src/app/metrics/metrics-sources';
import { textOf } from './repository-files';

/** Nothing is read from them here. */
const NO_SOURCES = {} as MetricsSources;

const series = [
  ...figuresOf(NO_SOURCES).map(({ name, labels = [] }) => ({ name, labels: [...labels] })),
  { name: 'http_request_duration_seconds', labels: ['method', 'route', 'status'] },
];

describe('docs/operations.md', () => {
  const [, section = ''] = /^## Metrics\n([^]*?)^## /m.exec(textOf('docs/operations.md')) ?? [];
  const rows = [...section.matchAll(/^\| `([a-z_]+)` \|([^|]*)\|/gm)].map(([, name = '', labels = '']) => ({
    name,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
  }));
  const byName = (some: { name: string }, other: { name: string }): number => (some.name < other.name ? -1 : 1);

  it('lists every series with its labels, once, and no other', () => {
    expect(rows.sort(byName)).toEqual(series.sort(byName));
  });

  it('asks in its queries for series that there are', () => {
    const queries = [...section.matchAll(/^```promql\n([^]*?)^```$/gm)]
      .map(([, text = '']) => text)
      .join('\n')
      .replace(/"[^"]*"/g, '');
    const asked = [...queries.matchAll(/\b(?:social_auth|http|database|redis|nodejs|process)_\w+/g)].map(
      ([name]) => name,
    );
    const known = new Set(
      series
        .flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`])
        .concat(['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total']),
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the series', () => {
  it('are named as Prometheus names them', () => {
    for (const { name, type, labels = [] } of figuresOf(NO_SOURCES)) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect([name, ...labels].join()).toMatch(/^[a-z_,]+$/);
    }
  });
});
