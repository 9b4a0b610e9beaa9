import { revocationBusName } from './revocation.settings';
import type { DatabaseSettings } from './settings';

const database = (poolMax: number): DatabaseSettings => ({
  url: 'postgres://u@h/db',
  directUrl: 'postgres://u@h/db',
  poolMax,
  preparedStatements: true,
  migrateOnStart: false,
});
const redisUrl = 'redis://cache.example';

describe('the bus of revocations', () => {
  it.each([
    [undefined, 10, undefined, 'postgres'],
    [undefined, 10, redisUrl, 'postgres'],
    ['redis', 10, redisUrl, 'redis'],
    ['redis', 1, redisUrl, 'redis'],
    ['off', 10, redisUrl, 'off'],
    // The embedded database has one session, and one process.
    [undefined, 1, undefined, 'off'],
    ['postgres', 1, undefined, 'off'],
  ])('is, for %s with a pool of %i and Redis at %s, %s', (REVOCATION_BUS, poolMax, redisUrl, expected) => {
    const faults: string[] = [];
    const limits = { signInsPerMinute: 0, redisUrl };
    expect(revocationBusName({ REVOCATION_BUS }, database(poolMax), limits, faults)).toBe(expected);
    expect(faults).toEqual([]);
  });

  it('is not Redis where there is none', () => {
    const faults: string[] = [];
    revocationBusName({ REVOCATION_BUS: 'redis' }, database(10), { signInsPerMinute: 0 }, faults);
    expect(faults).toEqual(['REVOCATION_BUS: expected REDIS_URL beside redis']);
  });
});
