import { parseArgs } from 'node:util';
import { databaseAddress } from '../parameters';

/** As many as the bounded heap is for. */
const MOST_TOKENS = 100_000;

/** How memory is to be measured. */
export interface MemoryOptions {
  /** How many tokens are in memory. */
  tokens: number;
  /** Whether a backend that is larger than it may be fails the run. */
  check: boolean;
  /** Address of a PostgreSQL server; undefined: a temporary cluster of an installed one. */
  database: string | undefined;
}

/** @throws TypeError if there is an argument that is not known. */
export function readMemoryOptions(parameters: readonly string[]): MemoryOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      tokens: { type: 'string', default: '100000' },
      check: { type: 'boolean', default: false },
      database: { type: 'string' },
    },
  });
  const tokens = Number(values.tokens);
  if (!Number.isInteger(tokens) || tokens < 1_000 || tokens > MOST_TOKENS)
    throw new TypeError(`--tokens takes from 1000 to ${MOST_TOKENS}.`);
  return { tokens, check: values.check, database: databaseAddress(values.database) };
}
