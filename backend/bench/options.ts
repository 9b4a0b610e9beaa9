import { parseArgs } from 'node:util';
import { databaseAddress, wholeFrom1 } from './parameters';

/** How a run is to be made. */
export interface BenchOptions {
  /** Whether a ratio below its target fails the run. */
  check: boolean;
  /** Parts of names of contestants; empty: all. */
  only: readonly string[];
  /** Whether the result is written to docs/. */
  writes: boolean;
  /** Address of a PostgreSQL server; undefined: a temporary cluster of an installed one. */
  database: string | undefined;
  /** How many times each contestant is started, with a yardstick of its own. */
  starts: number;
  /** How many pairs each contestant runs in each of its starts. */
  pairs: number;
  /** How long one half of a pair takes. */
  halfMs: number;
  /** For how long each server is driven before anything counts. */
  warmUpMs: number;
}

const MINIMUM_PAIRS = 5;

/** @throws TypeError if there is an argument that is not known. */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      database: { type: 'string' },
      starts: { type: 'string' },
      pairs: { type: 'string' },
    },
  });
  const { check, quick } = values;
  const only = values.only.flatMap((names) => names.split(','));
  const starts = wholeFrom1('starts', values.starts ?? (quick ? '1' : '3'));
  const pairs = wholeFrom1('pairs', values.pairs ?? (quick ? '2' : '3'));
  return {
    check,
    only,
    // A part, or a run too short to be believed, must not take the place of a whole one.
    writes: !check && !quick && only.length === 0 && starts * pairs >= MINIMUM_PAIRS,
    database: databaseAddress(values.database),
    starts,
    pairs,
    halfMs: quick ? 1_000 : 3_000,
    warmUpMs: quick ? 1_500 : 4_000,
  };
}
