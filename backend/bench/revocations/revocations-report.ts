import { quantile } from '../measure/statistics';
import type { Ending } from './afterlife';
import type { RevocationsResult } from './measure-revocations';

/** What is promised of ninety-nine revocations in a hundred, in milliseconds. */
export const PROMISED_MS = 50;

const TITLES = { postgres: '`postgres`', redis: '`redis`' };

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(head), row(head.map((_, column) => (column < 2 ? '---' : '--:'))), ...rows.map(row)].join('\n');

const HEAD = [
  'Bus',
  'Refused, ms after the answer',
  'p50',
  'p99',
  'Longest',
  'p99 after the sending',
  'At the first request',
];

/** The figures of a run, as Markdown. */
export function revocationsReport(results: readonly RevocationsResult[]): string {
  return [table(HEAD, results.flatMap(rowsOf)), ...results.map(besides)].join('\n\n');
}

function besides({ bus, endings, unanswered, load, turnedAway, risen }: RevocationsResult): string {
  return [
    `${TITLES[bus]}: ${whole(endings.length)} revocations on ${endings[0]?.length ?? 0} replicas, and`,
    `${unanswered} that were not answered in time. The other requests were ${whole(load.length)}, p50`,
    `${tenth(quantile(load, 0.5))} ms, p99 ${tenth(quantile(load, 0.99))} ms, and ${turnedAway} answered 503. Asked once`,
    `more at the end, the replicas accepted ${risen} revoked tokens.`,
  ].join(' ');
}

/** Of each revocation, when the last of the replicas refused. */
const slowestOf = (endings: readonly Ending[], figure: 'afterAnswer' | 'afterSending'): number =>
  Math.max(...endings.map((ending) => ending[figure]));

/** Whether every replica obeyed as soon as promised, and for good; of too few answers, nothing is shown. */
export const isKept = ({ endings, unanswered, risen }: RevocationsResult): boolean =>
  endings.length > 99 * unanswered &&
  risen === 0 &&
  quantile(
    endings.map((all) => slowestOf(all, 'afterAnswer')),
    0.99,
  ) <= PROMISED_MS;

function rowsOf({ bus, endings }: RevocationsResult): string[][] {
  const all = endings.flat();
  const own = all.filter(({ isOwn }) => isOwn);
  const others = all.filter(({ isOwn }) => !isOwn);
  return [
    rowOf(
      TITLES[bus],
      'by the one that answered',
      own.map((ending) => [ending]),
    ),
    rowOf(
      '',
      'by each other replica',
      others.map((ending) => [ending]),
    ),
    rowOf('', 'by the slowest replica', endings),
  ];
}

/** @param groups of endings, the slowest of which counts for each. */
function rowOf(bus: string, title: string, groups: readonly (readonly Ending[])[]): string[] {
  const answers = groups.map((group) => slowestOf(group, 'afterAnswer'));
  const sendings = groups.map((group) => slowestOf(group, 'afterSending'));
  const atFirst = groups.filter((group) => group.every(({ accepted }) => accepted === 0)).length;
  const figures = [quantile(answers, 0.5), quantile(answers, 0.99), Math.max(...answers), quantile(sendings, 0.99)];
  return [bus, title, ...figures.map(tenth), `${((100 * atFirst) / groups.length).toFixed(1)} %`];
}

const whole = (number: number): string => number.toLocaleString('en');
const tenth = (number: number): string => number.toFixed(1);
