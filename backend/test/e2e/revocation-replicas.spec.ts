import { Client } from 'pg';
import { eventually } from '../support/eventually';
import { describeOnPostgres, describeOnRedis, describeOnRedisProcess } from '../support/describe-on-server';
import type { PostgresServer } from '../support/postgres-server';
import type { RedisProcess } from '../support/redis-process';
import { watchedReplicas } from '../support/watched-replicas';

const BOUND_MS = 1_000;
const TEST_MS = 120_000;
/** There and back it takes longer than this bound, and less than a connection may take. */
const SHORT_BOUND_MS = 250;
const WAY_TO_THE_FEED_MS = 150;
/** A timer may come a moment before it is due. */
const TIMERS_MS = 20;

const LISTENERS = `select pg_terminate_backend(pid) from pg_stat_activity
                    where application_name = 'nest-token-exchange-revocation' and datname = current_database()`;

function describeReplicas(postgres: () => PostgresServer, redisUrl: () => string | undefined): void {
  const watched = watchedReplicas(postgres, redisUrl, BOUND_MS);
  afterEach(async () => {
    const { replicas } = watched;
    await Promise.all([replicas.bus.heal(), replicas.feed.heal()]);
    await watched.end();
    await replicas.ready();
  }, TEST_MS);

  it(
    'T6 is obeyed by replicas that are busy with the tokens',
    async () => {
      await watched.revokeAll();
      await watched.expectKept(401);
    },
    TEST_MS,
  );

  it.each([{ kind: 'black-hole' }, { kind: 'refuse' }, { kind: 'half-open' }] as const)(
    'T6 is obeyed within the bound with the bus cut by the fault $kind',
    async (fault) => {
      await watched.replicas.bus.inject(fault);
      await watched.revokeAll();
      await watched.expectKept(401);
    },
    TEST_MS,
  );

  it.each([{ kind: 'black-hole' }, { kind: 'refuse' }, { kind: 'latency', ms: 4_000 }] as const)(
    'T6 is obeyed within the bound where neither the bus nor the feed can be reached: fault $kind',
    async (fault) => {
      await watched.replicas.bus.inject({ kind: 'black-hole' });
      await watched.replicas.feed.inject(fault);
      await watched.revokeAll();
      await watched.expectKept(503);
    },
    TEST_MS,
  );

  it(
    'T6 is obeyed while the connections of the listeners are terminated again and again',
    async () => {
      const operator = new Client({ connectionString: watched.replicas.database.url });
      await operator.connect();
      for (const token of watched.tokens) {
        await operator.query(LISTENERS);
        await watched.revoke(token);
      }
      await operator.end();
      await watched.expectKept(401);
    },
    TEST_MS,
  );
}

function describeLateFeed(postgres: () => PostgresServer): void {
  const watched = watchedReplicas(postgres, () => undefined, SHORT_BOUND_MS);
  afterEach(() => watched.end(), TEST_MS);

  it(
    'T6 is obeyed, since nothing in memory is believed: the database is asked',
    async () => {
      const { bus, feed } = watched.replicas;
      await bus.inject({ kind: 'black-hole' });
      await feed.inject({ kind: 'latency', ms: WAY_TO_THE_FEED_MS });
      const stale = performance.now() + SHORT_BOUND_MS;
      const accepted = () => watched.others.map((watch) => watch.accepted(stale));
      await eventually(() => {
        for (const checks of accepted()) expect(checks.length).toBeGreaterThan(2 * watched.tokens.length);
      });
      await watched.revokeAll();
      await watched.expectKept(401);
      // However fast the machine is: who has asked the database has waited for the way to it and back.
      const atLeast = 2 * WAY_TO_THE_FEED_MS - TIMERS_MS;
      expect(accepted().map((checks) => checks.filter(({ took }) => took < atLeast))).toEqual([[], [], []]);
    },
    TEST_MS,
  );
}

/** With the process itself gone the first replica has no bus either. */
function describeRedisGone(postgres: () => PostgresServer, redis: () => RedisProcess): void {
  const watched = watchedReplicas(postgres, () => redis().url, BOUND_MS);
  afterEach(async () => {
    redis().thaw();
    await redis().startAgain();
    await watched.end();
  }, TEST_MS);

  it.each([
    ['killed', () => redis().kill()],
    ['stopped where it is', () => redis().freeze()],
  ])(
    'T6 is obeyed within the bound with its process %s, and all hear it again when it is back',
    async (_, end) => {
      const [before = '', last = '', ...meanwhile] = watched.tokens;
      await watched.revoke(before);
      await end();
      for (const token of meanwhile) await watched.revoke(token);
      await watched.expectKept(401);
      redis().thaw();
      await redis().startAgain();
      await watched.replicas.ready();
      await watched.expectHeard();
      await watched.revoke(last);
      await watched.expectKept(401);
    },
    TEST_MS,
  );
}

describeOnPostgres('a revocation at one replica, with notifications of PostgreSQL', (postgres) => {
  describeReplicas(postgres, () => undefined);
});

describeOnPostgres('a revocation at one replica, with no bus and a feed that comes late', describeLateFeed);

describeOnPostgres('a revocation at one replica', (postgres) => {
  describeOnRedis('with publish and subscribe of Redis', (redis) => {
    describeReplicas(postgres, () => redis().url);
  });
  describeOnRedisProcess('with a Redis that goes away', (redis) => {
    describeRedisGone(postgres, redis);
  });
});
