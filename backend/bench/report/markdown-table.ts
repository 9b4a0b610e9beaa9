import type { Verdict } from '../measure/judge';
import type { Measurement } from '../measure/measurement';
import { series, type SeriesName } from '../series';

const whole = (number: number): string => Math.round(number).toLocaleString('en');

/** A ratio with as many digits as mean something. */
export const ratio = (number: number): string => number.toFixed(number < 0.1 ? 3 : number < 10 ? 2 : 1);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(head), row(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');

/** The figures of a series, as Markdown; an exchange is told by its cost, a guarded request by its speed. */
export function seriesTable(name: SeriesName, measurements: readonly Measurement[]): string {
  const isShare = series[name].toldAs === 'share';
  const head = ['', 'Requests per CPU second', 'CPU time, µs', isShare ? 'Relative' : 'Cost', 'Least–most'];
  const rows = measurements.map((measurement, place) => {
    const { title, requestsPerCpuSecond, requestsPerSecond, p99, busy } = measurement;
    const [least, most] = measurement.relativeRange;
    const costs = [measurement.relative, most, least].map((relative) => `${ratio(1 / relative)} ×`);
    const shares = [measurement.relative, least, most].map(ratio);
    const [middle = '', low = '', high = ''] = isShare ? shares : costs;
    return [
      title,
      whole(requestsPerCpuSecond),
      whole(1e6 / requestsPerCpuSecond),
      place === 0 ? '1' : middle,
      `${low}–${high}`,
      whole(requestsPerSecond),
      p99.toFixed(1),
      `${Math.round(busy * 100)} %`,
    ];
  });
  return table([...head, 'Requests/s', 'p99, ms', 'Core used'], rows);
}

/** The targets and what became of them, as Markdown. */
export function verdictTable(
  verdicts: readonly Verdict[],
  seriesOf: (name: string) => string,
  titleOf: (name: string) => string,
): string {
  const rows = verdicts.map(({ of, against, atLeast, reached, outcome }) => [
    `${seriesOf(of)}: ${titleOf(of)} against “${titleOf(against)}”`,
    `${atLeast} ×`,
    reached === undefined ? '' : `${ratio(reached)} ×`,
    outcome,
  ]);
  return table(['Requests per CPU second', 'At least', 'Reached', 'Target'], rows);
}
