import type { LoadShape } from './load/load-messages';

/** Contestants that are measured side by side. */
export interface Series {
  title: string;
  /** As the table of targets names it. */
  shortTitle: string;
  chartTitle: string;
  /** Whether what one reached is told as a share of what the yardstick did, or as how many times its cost. */
  toldAs: 'share' | 'cost';
  load: LoadShape;
}

const CLIENTS = 64;

/** All of them, in the order in which they are measured and told. */
export const series = {
  guarded: {
    title: 'A guarded request',
    shortTitle: 'Guarded',
    chartTitle: 'Guarded request: requests per CPU second of the server, relative to no guard (longer is better)',
    toldAs: 'share',
    load: { connections: CLIENTS, isAwake: true },
  },
  sleeping: {
    title: 'A guarded request, from clients that sleep until they are answered',
    shortTitle: 'Guarded, sleeping clients',
    chartTitle: 'The same from clients that sleep until they are answered',
    toldAs: 'share',
    load: { connections: CLIENTS, isAwake: false },
  },
  exchange: {
    title: 'The exchange of a returning person',
    shortTitle: 'Exchange',
    chartTitle:
      'Exchange of a returning person: CPU time of the server, relative to verifying only (shorter is better)',
    toldAs: 'cost',
    // Fewer than of guarded requests, for sign-ins are rarer. A load that stays awake would, where there is no idle group,
    // take its core from the database, for which a sign-in waits.
    load: { connections: 16, isAwake: false },
  },
} as const satisfies Record<string, Series>;

export type SeriesName = keyof typeof series;

/** The series of guarded requests, which differ in their clients alone. */
export type GuardedSeriesName = Exclude<SeriesName, 'exchange'>;

export const seriesNames = Object.keys(series) as SeriesName[];
