import { performance } from 'node:perf_hooks';
import { median } from '../measure/statistics';

/** The middle and the slow end of a window, in microseconds. */
export interface Latencies {
  median: number;
  p99: number;
}

/** Does something one at a time, and says how long it took. */
export async function latenciesOf(times: number, work: () => Promise<unknown>): Promise<Latencies> {
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    await work();
    took.push((performance.now() - start) * 1_000);
  }
  return summaryOf(took);
}

/** Does something one at a time until a moment comes, and says how long it took. */
export async function latenciesFor(milliseconds: number, work: () => Promise<unknown>): Promise<Latencies> {
  const took: number[] = [];
  const end = performance.now() + milliseconds;
  for (let start = performance.now(); start < end; start = performance.now()) {
    await work();
    took.push((performance.now() - start) * 1_000);
  }
  return summaryOf(took);
}

function summaryOf(took: number[]): Latencies {
  took.sort((left, right) => left - right);
  return { median: median(took), p99: took[Math.floor(took.length * 0.99)] ?? NaN };
}

/** The median of windows, figure by figure. */
export const middleOf = (windows: readonly Latencies[]): Latencies => ({
  median: median(windows.map((window) => window.median)),
  p99: median(windows.map((window) => window.p99)),
});
