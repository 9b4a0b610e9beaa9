import { contestants, yardsticks } from '../contestants';
import type { Verdict } from '../measure/judge';
import type { Limits } from '../measure/limits';
import type { Measurement } from '../measure/measurement';
import type { SeriesResult } from '../measure/measure-series';
import { series } from '../series';
import { seriesTable, verdictTable } from './markdown-table';

/** What share of its core a server has that is alone there and kept busy, at least. */
const CALM = 0.85;

const everybody = new Map([...Object.values(yardsticks), ...contestants].map((one) => [one.name, one]));

const titleOf = (name: string): string => everybody.get(name)?.title ?? name;

/** Of one who takes part in several series, in which. */
function seriesOf(name: string): string {
  const one = everybody.get(name);
  return one ? series[one.series].shortTitle : name;
}

/** All that a run found out, in Markdown. */
export function report(
  results: readonly SeriesResult[],
  limits: Limits | undefined,
  verdicts: readonly Verdict[],
  conditions: string,
): string {
  const tables = results.map(({ name, measurements, skipped }) =>
    [
      `## ${series[name].title}`,
      seriesTable(name, measurements),
      ...skipped.map((title) => `Not measured here: ${title}.`),
      ...disturbance(measurements),
    ].join('\n\n'),
  );
  return [
    ...tables,
    ...(limits ? ['## The limits beneath', limitsText(limits)] : []),
    '## The targets',
    verdictTable(verdicts, seriesOf, titleOf),
    '## Where and how',
    conditions,
  ].join('\n\n');
}

/** A server that shares its core is thrown out of the processor's caches: its ratios say less. */
function disturbance([yardstick]: readonly Measurement[]): string[] {
  if (!yardstick || yardstick.busy >= CALM) return [];
  return [`The machine did other things meanwhile: the server had ${Math.round(yardstick.busy * 100)} % of its core.`];
}

function limitsText({ verificationsPerSecond, commitsPerSecond }: Limits): string {
  const whole = (number: number): string => Math.round(number).toLocaleString('en');
  return [
    `- One core verifies ${whole(verificationsPerSecond)} RS256 signatures (2048 bits) in a second.`,
    `- PostgreSQL commits ${whole(commitsPerSecond)} transactions of one row in a second, from 16 connections.`,
  ].join('\n');
}
