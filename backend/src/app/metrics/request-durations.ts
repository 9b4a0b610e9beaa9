import type { ScrapedMetric, ScrapedValue } from './scraped-metric';

/** Upper bounds in milliseconds: a guarded request takes less than one, a sign-in some ten, an outage up to three seconds. */
const BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];
const STATUS_CLASSES = 6;
const NAME = 'http_request_duration_seconds';

/** The durations of one class of answers of one route, by bucket. */
interface DurationRow {
  /** How many ended within each bound and beyond the one before it; the last is for all that took longer. */
  counts: number[];
  sumMs: number;
}

/** The durations of one route. */
export class RouteDurations {
  private readonly rows: (DurationRow | undefined)[] = new Array<undefined>(STATUS_CLASSES).fill(undefined);

  constructor(
    readonly method: string,
    readonly route: string,
  ) {}

  observe(status: number, ms: number): void {
    const row = (this.rows[Math.min(Math.trunc(status / 100), STATUS_CLASSES - 1)] ??= emptyRow());
    let bucket = 0;
    while (ms > (BOUNDS_MS[bucket] ?? Infinity)) bucket += 1;
    row.counts[bucket] = (row.counts[bucket] ?? 0) + 1;
    row.sumMs += ms;
  }

  values(): ScrapedValue[] {
    const { method, route } = this;
    return this.rows.flatMap((row, status) => (row ? valuesOf(row, { method, route, status: `${status}xx` }) : []));
  }
}

/**
 * How long requests take, by method, template of the route and class of the status.
 *
 * A histogram of its own: prom-client's looks its labels up by a text that it makes of them at each observation, which
 * takes 0.95 µs where this takes 0.01. Paths are no labels: whoever asks would make new ones.
 */
export class RequestDurations implements ScrapedMetric {
  readonly name = NAME;
  /** Requests that reached no route. */
  readonly unrouted = new RouteDurations('*', '(none)');
  private readonly routes = [this.unrouted];

  /** The durations of a route that is to be measured. */
  of(method: string, route: string): RouteDurations {
    const durations = new RouteDurations(method, route);
    this.routes.push(durations);
    return durations;
  }

  get(): ReturnType<ScrapedMetric['get']> {
    return Promise.resolve({
      name: NAME,
      help: 'Time from the head of a request to the end of its answer, by method, route and class of the status.',
      type: 'histogram',
      values: this.routes.flatMap((route) => route.values()),
    });
  }
}

const emptyRow = (): DurationRow => ({ counts: new Array<number>(BOUNDS_MS.length + 1).fill(0), sumMs: 0 });

function valuesOf({ counts, sumMs }: DurationRow, labels: Record<string, string>): ScrapedValue[] {
  let within = 0;
  const buckets = counts.map((count, at) => {
    within += count;
    const bound = BOUNDS_MS[at];
    const le = bound === undefined ? '+Inf' : String(bound / 1_000);
    return { metricName: `${NAME}_bucket`, labels: { ...labels, le }, value: within };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sumMs / 1_000 },
    { metricName: `${NAME}_count`, labels, value: within },
  ];
}
