import type { GuardedSeriesName } from './series';

/** What one contestant must reach against another, in requests per CPU second of the server. */
export interface Target {
  of: string;
  against: string;
  atLeast: number;
}

/** What `--check` holds the product to. */
export const targets: readonly Target[] = [
  ...guardedTargets('guarded'),
  ...guardedTargets('sleeping'),
  // At most twice the CPU time of the same endpoint when it verifies only.
  { of: 'exchange-ours', against: 'exchange-verifying', atLeast: 0.5 },
  { of: 'exchange-ours', against: 'exchange-naive', atLeast: 10 },
  { of: 'exchange-ours', against: 'exchange-better-auth', atLeast: 10 },
  { of: 'exchange-ours', against: 'exchange-drf', atLeast: 10 },
  { of: 'exchange-ours', against: 'exchange-drf-keys', atLeast: 10 },
];

/** The same for both kinds of clients: the yardstick costs twice as much where it has to wake them. */
function guardedTargets(series: GuardedSeriesName): Target[] {
  return [
    { of: `${series}-cached`, against: `${series}-bare`, atLeast: 0.8 },
    { of: `${series}-cached`, against: `${series}-passport-jwt`, atLeast: 4 },
    { of: `${series}-cached`, against: `${series}-drf`, atLeast: 30 },
    { of: `${series}-cached`, against: `${series}-better-auth`, atLeast: 20 },
    { of: `${series}-uncached`, against: `${series}-bare`, atLeast: 0.6 },
    { of: `${series}-uncached`, against: `${series}-drf`, atLeast: 20 },
    { of: `${series}-uncached`, against: `${series}-better-auth`, atLeast: 15 },
  ];
}
