import { Expects } from './expects.decorator';

const BUSES = ['postgres', 'redis', 'off'];

/** The environment variable of what tells the other replicas of a revocation. */
export class RevocationVariables {
  @Expects(`one of ${BUSES.join(', ')}`, (value) => BUSES.includes(value))
  REVOCATION_BUS?: string;
}
