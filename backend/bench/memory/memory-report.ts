import type { CachedTokens } from './cached-tokens';

/** What a backend with 100,000 tokens in memory may be at the most, in MB of a million bytes. */
export const MOST_MB = 250;

/** A process that has to wait for its turn may ask the database now and then although it has the token. */
const LEAST_HIT_RATE = 0.99;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** The figures of a run, as Markdown. */
export function memoryReport(results: ReadonlyMap<string, CachedTokens>): string {
  const head = ['', 'Tokens', 'RSS before, MB', 'RSS, MB', 'Peak, MB', 'Bytes a token', 'Hits'];
  const rows = [...results].map(([title, { cached, before, after, peak, hitRate }]) => [
    title,
    cached.toLocaleString('en'),
    megabytes(before),
    megabytes(after),
    megabytes(peak),
    ((after - before) / cached).toFixed(0),
    `${(hitRate * 100).toFixed(1)} %`,
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** Whether a result may be believed: so many were in memory, and answered from there. */
export function isBelievable(tokens: number, { cached, hitRate }: CachedTokens): boolean {
  return cached === tokens && hitRate >= LEAST_HIT_RATE;
}
