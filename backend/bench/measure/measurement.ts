import type { LoadResult } from '../load/load-messages';
import { median, range } from './statistics';

/** One half of a pair. */
export interface Sample {
  requestsPerCpuSecond: number;
  requestsPerSecond: number;
  /** The share of its core that the server used. */
  busy: number;
  p50: number;
  p99: number;
}

/** What a run of load and the processor time that the server spent on it amount to. */
export function sampleOf({ requests, seconds, p50, p99 }: LoadResult, cpuSeconds: number): Sample {
  const requestsPerCpuSecond = requests / cpuSeconds;
  return { requestsPerCpuSecond, requestsPerSecond: requests / seconds, busy: cpuSeconds / seconds, p50, p99 };
}

/** Medians of the samples of one contestant, and what it reached of the yardstick that ran beside it, or of itself. */
export interface Measurement extends Sample {
  name: string;
  title: string;
  /** Requests per CPU second relative to the yardstick: the median of the pairs. */
  relative: number;
  /** The least and the greatest of the pairs. */
  relativeRange: [number, number];
}

/** Two samples that were taken one after the other. */
export interface Pair {
  yardstick: Sample;
  contestant: Sample;
}

/** Sums up the samples of one contestant. */
export function measurementOf(name: string, title: string, samples: readonly Sample[], relatives: readonly number[]) {
  const middle = (of: (sample: Sample) => number): number => median(samples.map(of));
  return {
    name,
    title,
    requestsPerCpuSecond: middle((sample) => sample.requestsPerCpuSecond),
    requestsPerSecond: middle((sample) => sample.requestsPerSecond),
    busy: middle((sample) => sample.busy),
    p50: middle((sample) => sample.p50),
    p99: middle((sample) => sample.p99),
    relative: median(relatives),
    relativeRange: range(relatives),
  } satisfies Measurement;
}

/** What a contestant reached in each pair. */
export const relativesOf = (pairs: readonly Pair[]): number[] =>
  pairs.map(({ contestant, yardstick }) => contestant.requestsPerCpuSecond / yardstick.requestsPerCpuSecond);

/** What each sample of one contestant was of the middle one: how far the machine itself went up and down. */
export function spreadOf(samples: readonly Sample[]): number[] {
  const rates = samples.map(({ requestsPerCpuSecond }) => requestsPerCpuSecond);
  const middle = median(rates);
  return rates.map((rate) => rate / middle);
}
