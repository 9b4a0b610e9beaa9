import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { BuiltApp } from '../support/built-app';
import { describeOnPostgres, describeOnRedis } from '../support/describe-on-server';
import type { PostgresServer } from '../support/postgres-server';
import { Replicas } from '../support/replicas';
import { RevocationWatch } from '../support/revocation-watch';

const BOUND_MS = 1_000;
const TOKENS = 5;
const START_MS = 180_000;
const TEST_MS = 120_000;

const LISTENERS = `select pg_terminate_backend(pid) from pg_stat_activity
                    where application_name = 'nest-token-exchange-revocation' and datname = current_database()`;

function describeReplicas(postgres: () => PostgresServer, redisUrl: () => string | undefined): void {
  let replicas: Replicas;
  let watch: RevocationWatch | undefined;
  let tokens: string[];
  let round = 0;

  beforeAll(async () => {
    replicas = await Replicas.start(postgres(), { count: 2, boundMs: BOUND_MS, redisUrl: redisUrl() });
  }, START_MS);
  beforeEach(async () => {
    round += 1;
    tokens = await Promise.all(Array.from({ length: TOKENS }, (_, index) => replicas.signIn(`p${round}-${index}`)));
    watch = new RevocationWatch(replicas.others[0] as BuiltApp, tokens);
    await watch.letIn();
  }, TEST_MS);
  afterEach(async () => {
    await Promise.all([replicas.bus.heal(), replicas.feed.heal()]);
    await watch?.stop();
    await replicas.ready();
  }, TEST_MS);
  afterAll(async () => {
    await replicas?.stop();
    await BuiltApp.killAll();
  });

  const revokeAll = async (): Promise<void> => {
    for (const token of tokens) await watch?.revoked(token, () => replicas.revoke(token));
  };
  /** Watches until checks have begun that the promise speaks of. */
  async function expectKept(last: 401 | 503): Promise<void> {
    await watch?.ends(last);
    await sleep(BOUND_MS + 200);
    expect(watch?.late(BOUND_MS)).toBeGreaterThan(0);
    expect(watch?.forbidden(BOUND_MS)).toEqual([]);
  }

  it(
    'T6 is obeyed by a replica that is busy with the tokens',
    async () => {
      await revokeAll();
      await expectKept(401);
    },
    TEST_MS,
  );

  it.each([{ kind: 'black-hole' }, { kind: 'refuse' }, { kind: 'half-open' }] as const)(
    'T6 is obeyed within the bound with the bus cut by the fault $kind',
    async (fault) => {
      await replicas.bus.inject(fault);
      await revokeAll();
      await expectKept(401);
    },
    TEST_MS,
  );

  it.each([{ kind: 'black-hole' }, { kind: 'refuse' }, { kind: 'latency', ms: 4_000 }] as const)(
    'T6 is obeyed within the bound where neither the bus nor the feed can be reached: fault $kind',
    async (fault) => {
      await replicas.bus.inject({ kind: 'black-hole' });
      await replicas.feed.inject(fault);
      await revokeAll();
      await expectKept(503);
    },
    TEST_MS,
  );

  it(
    'T6 is obeyed while the connections of the listeners are terminated again and again',
    async () => {
      const operator = new Client({ connectionString: replicas.database.url });
      await operator.connect();
      for (const token of tokens) {
        await operator.query(LISTENERS);
        await watch?.revoked(token, () => replicas.revoke(token));
      }
      await operator.end();
      await expectKept(401);
    },
    TEST_MS,
  );
}

describeOnPostgres('a revocation at one replica, with notifications of PostgreSQL', (postgres) => {
  describeReplicas(postgres, () => undefined);
});

describeOnPostgres('a revocation at one replica', (postgres) => {
  describeOnRedis('with publish and subscribe of Redis', (redis) => {
    describeReplicas(postgres, () => redis().url);
  });
});
