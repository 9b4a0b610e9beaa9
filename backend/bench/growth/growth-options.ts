import { parseArgs } from 'node:util';
import { databaseAddress, wholeFrom1 } from '../parameters';

/** How growth is to be measured. */
export interface GrowthOptions {
  /** Numbers of tokens, the least first. */
  sizes: readonly number[];
  /** How often each size has its turn. */
  rounds: number;
  /** Address of a PostgreSQL server; undefined: a temporary cluster of an installed one. */
  database: string | undefined;
  /** PostgreSQL's own memory, as its setting takes it; undefined: what it comes with. */
  sharedBuffers: string | undefined;
  /** Whether the databases stay for the next run, which then need not fill them. */
  keep: boolean;
}

/** @throws TypeError if there is an argument that is not known. */
export function readGrowthOptions(parameters: readonly string[]): GrowthOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      sizes: { type: 'string', default: '10000,1000000,10000000' },
      rounds: { type: 'string', default: '9' },
      database: { type: 'string' },
      'shared-buffers': { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size >= 1_000)) throw new TypeError('--sizes takes from 1000.');
  const rounds = wholeFrom1('rounds', values.rounds);
  const database = databaseAddress(values.database);
  const sharedBuffers = values['shared-buffers'];
  if (database && sharedBuffers)
    throw new TypeError('--shared-buffers is for a temporary cluster, not for --database.');
  return { sizes: sizes.sort((left, right) => left - right), rounds, database, sharedBuffers, keep: values.keep };
}
