import { yardsticks, type Contestant } from '../contestants';
import type { BenchOptions } from '../options';
import type { SeriesName } from '../series';
import { startContestant, type Arena, type RunningContestant } from '../servers/start-contestant';
import { measurementOf, relativesOf, spreadOf, type Measurement, type Pair } from './measurement';
import { median } from './statistics';

const WARM_UP_TURNS = 4;
const WARM_UP_REQUESTS = 10_000;

/** What was measured of one series: the yardstick, then the others, the fastest first. */
export interface SeriesResult {
  name: SeriesName;
  measurements: readonly Measurement[];
  /** Titles of those that could not be measured here. */
  skipped: readonly string[];
}

/** Measures each contestant of a series in pairs with the yardstick, one contestant after the other, start by start. */
export async function measureSeries(
  name: SeriesName,
  contestants: readonly Contestant[],
  arena: Arena,
  options: BenchOptions,
): Promise<Measurement[]> {
  const yardstick = yardsticks[name];
  const taken = contestants.map((contestant) => ({ contestant, pairs: [] as Pair[] }));
  for (let start = 1; start <= options.starts; start++) {
    for (const { contestant, pairs } of taken) {
      process.stdout.write(`${contestant.title}, start ${start} of ${options.starts} … `);
      const own = await measurePairs(yardstick, contestant, arena, options);
      process.stdout.write(`${median(relativesOf(own)).toFixed(3)}\n`);
      pairs.push(...own);
    }
  }
  if (taken.length === 0) return [];
  const measurements = taken.map(({ contestant, pairs }) => {
    const samples = pairs.map((pair) => pair.contestant);
    return measurementOf(contestant.name, contestant.title, samples, relativesOf(pairs));
  });
  measurements.sort((left, right) => right.relative - left.relative);
  const yardstickSamples = taken.flatMap(({ pairs }) => pairs.map((pair) => pair.yardstick));
  return [
    measurementOf(yardstick.name, yardstick.title, yardstickSamples, spreadOf(yardstickSamples)),
    ...measurements,
  ];
}

/** The pairs of one start of both. */
async function measurePairs(
  yardstick: Contestant,
  contestant: Contestant,
  arena: Arena,
  options: BenchOptions,
): Promise<Pair[]> {
  const running: RunningContestant[] = [];
  try {
    const second = await startContestant(contestant, arena);
    running.push(second);
    // Both are sent the same headers: what differs is the guard.
    const first = await startContestant(yardstick, arena, second.clients);
    running.push(first);
    for (const each of running) {
      // Whoever signs in has signed in before.
      await each.pass();
      await warmUp(each, options.warmUpMs);
    }
    const pairs: Pair[] = [];
    for (let pair = 0; pair < options.pairs; pair++) pairs.push(await measurePair(first, second, pair, options.halfMs));
    return pairs;
  } finally {
    for (const each of running) await each.stop();
  }
}

/** A compiler that learns by running needs requests, not time; a slow contestant is not waited for without end. */
async function warmUp(contestant: RunningContestant, milliseconds: number): Promise<void> {
  let requests = 0;
  for (let turn = 0; turn < WARM_UP_TURNS && (turn === 0 || requests < WARM_UP_REQUESTS); turn++) {
    const { requestsPerSecond } = await contestant.sample(milliseconds);
    requests += (requestsPerSecond * milliseconds) / 1000;
  }
}

/** Which half comes first changes from pair to pair, so that neither gains by a machine that slows down. */
async function measurePair(
  yardstick: RunningContestant,
  contestant: RunningContestant,
  pair: number,
  halfMs: number,
): Promise<Pair> {
  if (pair % 2 === 0) {
    const first = await yardstick.sample(halfMs);
    return { yardstick: first, contestant: await contestant.sample(halfMs) };
  }
  const first = await contestant.sample(halfMs);
  return { yardstick: await yardstick.sample(halfMs), contestant: first };
}
