import type { DatabaseSettings, LimitSettings, RevocationBusName } from './settings';
import type { RevocationVariables } from './variables/revocation.variables';

/** What tells the other replicas of a revocation, from its variable. */
export function revocationBusName(
  { REVOCATION_BUS }: RevocationVariables,
  { poolMax }: DatabaseSettings,
  { redisUrl }: LimitSettings,
  faults: string[],
): RevocationBusName {
  const name = (REVOCATION_BUS ?? 'postgres') as RevocationBusName;
  if (name === 'redis' && redisUrl === undefined) faults.push('REVOCATION_BUS: expected REDIS_URL beside redis');
  // The one session of the embedded database is its one process's: there is nobody else to tell.
  return name === 'postgres' && poolMax === 1 ? 'off' : name;
}
