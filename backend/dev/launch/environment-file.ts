import { existsSync, readFileSync } from 'node:fs';
import { LaunchError } from './launch.error';

const ASSIGNMENT = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*(.*)$/;

/** The number of the first line that is neither empty, nor a comment, nor `NAME=value`; Node would skip it silently. */
export function firstBrokenLine(text: string): number | undefined {
  let openQuote: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (openQuote) {
      if (line.includes(openQuote)) openQuote = undefined;
    } else if (line.trim() !== '' && !line.trim().startsWith('#')) {
      const value = ASSIGNMENT.exec(line)?.[1];
      if (value === undefined) return index + 1;
      const quote = /^["'`]/.exec(value)?.[0];
      if (quote && !value.slice(1).includes(quote)) openQuote = quote;
    }
  }
  return openQuote ? text.split(/\r?\n/).length : undefined;
}

/** Reads a `.env` file into the environment, if there is one; what is set already wins. */
export function loadEnvironmentFile(path: string): void {
  if (!existsSync(path)) return;
  try {
    const line = firstBrokenLine(readFileSync(path, 'utf8'));
    if (line !== undefined)
      throw new LaunchError(`${path}, line ${line}: expected NAME=value. Mend or remove that line.`);
    process.loadEnvFile(path);
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    throw new LaunchError(`${path} cannot be read (${(error as Error).message}): make it a readable text file.`);
  }
}
