import { Logger } from '@nestjs/common';
import { DemoIdentityProvider, FAULT_KINDS, type DemoIssuer } from '../../dev/demo-identity-provider';
import { KeyStores } from '../../src/social-auth/verification/key-stores';
import { describeOnPostgres, describeOnRedis } from '../support/describe-on-server';
import { codeOf } from '../support/refusal-of';
import { MovedClock } from '../support/moved-clock';
import type { TemporaryDatabase } from '../support/postgres-server';
import { type TcpFault, TcpFaultProxy } from '../support/tcp-fault-proxy';
import { startTestApp, type TestApp } from '../support/test-app';
import { dearer, expectNoAgreement, millisecondsOf } from './measurements';

/** Finds what takes longer than promised. */
const expectWithin = (promised: number, work: () => Promise<unknown>): Promise<void> =>
  expectNoAgreement(async () => dearer('the wait', await millisecondsOf(work), 0, { promised, factor: 1 }));

const DATABASE_FAULTS: TcpFault[] = [
  { kind: 'black-hole' },
  { kind: 'refuse' },
  { kind: 'half-open' },
  { kind: 'latency', ms: 4_000 },
];
const REDIS_FAULTS: TcpFault[] = [{ kind: 'black-hole' }, { kind: 'half-open' }, { kind: 'latency', ms: 1_500 }];

describe('the keys of an issuer', () => {
  let idp: DemoIdentityProvider;
  let issuer: DemoIssuer;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    idp = await DemoIdentityProvider.start();
    issuer = idp.auth0;
  });
  afterAll(() => idp.stop());
  beforeEach(() => issuer.resetFaults());

  const expectOutage = async (): Promise<void> => {
    const store = new KeyStores(new MovedClock()).for('timing', { issuer: issuer.issuer });
    expect(await codeOf(() => store.keyFor(issuer.signingKey.kid))).toBe('provider_unavailable');
  };

  it.each(FAULT_KINDS)(
    'U1 U4 are given up after three seconds under the fault %s',
    async (fault) => {
      issuer.fault('jwks', fault);
      await expectWithin(3_500, expectOutage);
    },
    60_000,
  );

  it('U4 are given up after one deadline where the document is slow and the keys hang', async () => {
    issuer.fault('discovery', (_request, response) => {
      const body = JSON.stringify({ issuer: issuer.issuer, jwks_uri: issuer.jwksUri });
      setTimeout(() => response.end(body), 2_000);
    });
    issuer.fault('jwks', 'hang');
    await expectWithin(3_500, expectOutage);
  }, 60_000);
});

describeOnPostgres('a request', (postgres) => {
  let database: TemporaryDatabase;
  let proxy: TcpFaultProxy;
  let server: TestApp;
  let token: string;

  beforeAll(async () => {
    database = await postgres().createDatabase();
    proxy = await TcpFaultProxy.start(postgres());
    server = await startTestApp({ database: { url: proxy.urlOf(database.url), stop: () => database.drop() } });
    ({ token } = await server.signIn('google', 'ada'));
  }, 60_000);
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await server?.stop();
    await server?.idp.stop();
    await proxy?.stop();
    await database?.drop();
  });

  const statusOf = async (path: string): Promise<number> => (await server.api(path, { token })).status;

  it.each(DATABASE_FAULTS)(
    'U6 is answered within three seconds on %o of the database',
    async (fault) => {
      await expectWithin(3_200, async () => {
        await proxy.inject(fault);
        expect(await Promise.all(['/accounts/me', '/notes', '/health/ready'].map(statusOf))).toEqual([503, 503, 503]);
      });
    },
    60_000,
  );

  it.each(DATABASE_FAULTS)(
    'U6 is answered as ever within five seconds after %o',
    async (fault) => {
      await expectNoAgreement(async () => {
        await proxy.inject(fault);
        await statusOf('/accounts/me');
        await proxy.heal();
        const wait = await millisecondsOf(async () => {
          while ((await statusOf('/accounts/me')) !== 200);
        });
        return dearer('the recovery', wait, 0, { promised: 5_000, factor: 1 });
      });
    },
    60_000,
  );
});

describeOnRedis('a limited request', (redis) => {
  it.each(REDIS_FAULTS)(
    'is answered within half a second on %o of Redis',
    async (fault) => {
      const proxy = await TcpFaultProxy.start(redis());
      const server = await startTestApp({
        settings: { RATE_LIMIT_SIGN_IN: '1000', REDIS_URL: proxy.urlOf(redis().url) },
      });
      const attempt = async (): Promise<number> =>
        (await server.api('/auth/google', { json: { id_token: 'garbage' } })).status;
      try {
        expect(await attempt()).toBe(401);
        await expectWithin(500, async () => {
          await proxy.inject(fault);
          expect(await attempt()).toBe(401);
        });
      } finally {
        await proxy.heal();
        await server.stop();
        await proxy.stop();
      }
    },
    60_000,
  );
});
