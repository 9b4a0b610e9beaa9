import type { Measurement } from '../measure/measurement';
import type { SeriesResult } from '../measure/measure-series';
import { series } from '../series';
import { ratio } from './markdown-table';

const WIDTH = 860;
const LABELS = 300;
const VALUES = 70;
const ROW = 26;
const BAR = 16;
const HEAD = 46;
const GAP = 18;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .heading { font-weight: 600 }
  .bar { fill: #8c959f } .yardstick { fill: #d0d7de } .ours { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .bar { fill: #6e7681 } .yardstick { fill: #30363d } .ours { fill: #4493f8 }
  }`;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

interface Bar {
  title: string;
  value: number;
  label: string;
  kind: 'bar' | 'yardstick' | 'ours';
}

function barsOf({ name, measurements }: SeriesResult): Bar[] {
  return measurements.map(({ title, relative }: Measurement, place) => {
    const isShare = series[name].toldAs === 'share';
    const value = isShare ? relative : 1 / relative;
    const kind = place === 0 ? 'yardstick' : title.startsWith('nest-token-exchange') ? 'ours' : 'bar';
    return { title, value, label: place === 0 ? '1' : `${ratio(value)}${isShare ? '' : ' ×'}`, kind };
  });
}

function panel(result: SeriesResult, top: number): string[] {
  const bars = barsOf(result);
  const scale = (WIDTH - LABELS - VALUES) / Math.max(...bars.map(({ value }) => value));
  const lines = bars.map(({ title, value, label, kind }, place) => {
    const y = top + HEAD - GAP + place * ROW;
    const length = Math.max(1, value * scale);
    return [
      `<text x="${LABELS - 10}" y="${y + 13}" text-anchor="end">${escaped(title)}</text>`,
      `<rect class="${kind}" x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text x="${(LABELS + length + 8).toFixed(1)}" y="${y + 13}">${label}</text>`,
    ].join('');
  });
  return [`<text class="heading" x="10" y="${top + 14}">${escaped(series[result.name].chartTitle)}</text>`, ...lines];
}

/** The series as bars, one panel for each, in an SVG that follows the reader's colour scheme. */
export function barChart(results: readonly SeriesResult[]): string {
  const heights = results.map(({ measurements }) => HEAD + measurements.length * ROW);
  const tops = heights.map((_, place) => 10 + heights.slice(0, place).reduce((sum, height) => sum + height, 0));
  const height = 10 + heights.reduce((sum, each) => sum + each, 0);
  const body = results.flatMap((result, place) => panel(result, tops[place] ?? 0));
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img">`;
  return [open, '<title>Benchmarks</title>', `<style>${STYLE}\n</style>`, ...body, '</svg>', ''].join('\n');
}
