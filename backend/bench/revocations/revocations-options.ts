import { parseArgs } from 'node:util';
import { databaseAddress, wholeFrom1 } from '../parameters';

/** What the replicas hear of revocations over. */
export type Bus = 'postgres' | 'redis';

const BUSES: readonly Bus[] = ['postgres', 'redis'];

/** How revocations are to be measured. */
export interface RevocationsOptions {
  /** Whether a p99 above the promise fails the run. */
  check: boolean;
  buses: readonly Bus[];
  /** How many are measured on each bus. */
  revocations: number;
  /** How many begin in a second. */
  rate: number;
  /** How many other guarded requests each replica is sent in a second. */
  load: number;
  /** Address of a PostgreSQL server; undefined: a temporary cluster of an installed one. */
  database: string | undefined;
}

/** @throws TypeError if there is an argument that is not known. */
export function readRevocationsOptions(parameters: readonly string[]): RevocationsOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      check: { type: 'boolean', default: false },
      bus: { type: 'string' },
      revocations: { type: 'string', default: '2000' },
      rate: { type: 'string', default: '40' },
      load: { type: 'string', default: '100' },
      database: { type: 'string' },
    },
  });
  const buses = BUSES.filter((bus) => values.bus === undefined || values.bus === bus);
  if (buses.length === 0) throw new TypeError(`--bus takes ${BUSES.join(' or ')}.`);
  return {
    check: values.check,
    buses,
    revocations: wholeFrom1('revocations', values.revocations),
    rate: wholeFrom1('rate', values.rate),
    load: wholeFrom1('load', values.load),
    database: databaseAddress(values.database),
  };
}
