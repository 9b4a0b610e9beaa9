import { median } from '../measure/statistics';
import { middleOf, type Latencies } from './latencies';
import type { GrowthResult, PurgeResult } from './measure-growth';
import { TOKENS_PER_ACCOUNT } from './population';

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(head), row(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');

/** The figures of a run, as Markdown. */
export function growthReport(results: readonly GrowthResult[], purge: PurgeResult | undefined): string {
  const series: [string, (result: GrowthResult) => Latencies[]][] = [
    ['Look-up', ({ lookUps }) => lookUps.narrow],
    ['Look-up by the key of the releases before', ({ lookUps }) => lookUps.former],
    ['Sign-in', ({ signIns }) => signIns],
  ];
  const rows = series.flatMap(([title, windowsOf]) => rowsOf(title, results, windowsOf));
  const head = ['', 'Tokens', 'Median, µs', 'p99, µs', 'Median, relative', 'p99, relative'];
  return [table(head, rows), sizeTable(results), ...(purge ? [purgeTable(purge)] : [])].join('\n\n');
}

function rowsOf(
  title: string,
  results: readonly GrowthResult[],
  windowsOf: (result: GrowthResult) => Latencies[],
): string[][] {
  const [least] = results;
  return results.map((result) => {
    const windows = windowsOf(result);
    const middle = middleOf(windows);
    // Within a round, so that what else the machine did in it counts for both.
    const relative = (figure: keyof Latencies): string => {
      const yardsticks = least ? windowsOf(least) : [];
      return median(windows.map((window, round) => window[figure] / (yardsticks[round]?.[figure] ?? NaN))).toFixed(2);
    };
    return [title, whole(result.tokens), whole(middle.median), whole(middle.p99), relative('median'), relative('p99')];
  });
}

function sizeTable(results: readonly GrowthResult[]): string {
  const largest = results.at(-1);
  if (!largest) return '';
  const rows = largest.sizes.map(({ name, bytes }) => {
    const perRow =
      bytes / (name.includes('_token') || name.startsWith('growth') ? largest.tokens : accountsOf(largest));
    return [`\`${name}\``, whole(bytes / 1e6), perRow.toFixed(0)];
  });
  return table([`At ${whole(largest.tokens)} tokens`, 'MB', 'Bytes a row'], rows);
}

const accountsOf = ({ tokens }: GrowthResult): number => tokens / TOKENS_PER_ACCOUNT;

function purgeTable({ tokens, without, beside, deletedPerSecond }: PurgeResult): string {
  const rows = [
    ['Without the purge', without],
    [`Beside the purge, ${whole(deletedPerSecond)} tokens a second`, beside],
  ].map(([title, windows]) => {
    const middle = middleOf(windows as Latencies[]);
    return [title as string, whole(middle.median), whole(middle.p99)];
  });
  return table([`Look-ups among ${whole(tokens)} tokens`, 'Median, µs', 'p99, µs'], rows);
}
