import { randomUUID } from 'node:crypto';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { AccountsService } from '../../src/social-auth';
import { Purge } from '../../src/social-auth/database/purge';
import { LastUse } from '../../src/social-auth/tokens/last-use';
import { CLIENT, credentialOf, KEY } from '../integration/tokens/token-host';
import { callApi } from '../support/api-client';
import { describeOnPostgres } from '../support/describe-on-server';
import { startHostApp, type HostApp } from '../support/host-app';
import type { TemporaryDatabase } from '../support/postgres-server';
import { dearer, expectNoAgreement, millisecondsOf, quantile } from './measurements';

const DUE_TOKENS = 10_000;
const USED_TOKENS = 40_000;
const ROUNDS = 30;
/** Of all requests but the slowest twentieth, in milliseconds; on their own they take a few. */
const SLOW = { promised: 250, factor: 5 };

describeOnPostgres('requests beside work in the background', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let host: HostApp;
  let token: string;
  let accountId: string;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    const url = new URL(database.url);
    // With one connection, whatever holds it holds everybody up.
    url.searchParams.set('pool_max', '1');
    const options = { backgroundJobs: false, tokens: { hmacKeys: [KEY] } };
    host = await startHostApp({ adapter: 'fastify', database: url.href, idp, options });
    const { account, issued } = await host.app.get(AccountsService).signIn(credentialOf(randomUUID()), CLIENT);
    [token, accountId] = [issued.token, account.id];
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.drop();
    await idp?.stop();
  });

  const ask = async (): Promise<number> =>
    millisecondsOf(async () => expect((await callApi(`${host.url}/accounts/me`, { token })).status).toBe(200));

  /** How long requests wait, one after the other, until some work has ended; so many where there is none. */
  async function waitsBeside(work?: Promise<unknown>): Promise<number> {
    let isOver = false;
    void work?.then(() => (isOver = true));
    const waits: number[] = [];
    while (work ? !isOver : waits.length < ROUNDS) waits.push(await ask());
    await work;
    return quantile(waits, 0.95);
  }

  const expectNoWait = (begin: () => Promise<() => Promise<unknown>>): Promise<void> =>
    expectNoAgreement(async () => {
      const run = await begin();
      const beside = await waitsBeside();
      return dearer('a request', await waitsBeside(run()), beside, SLOW);
    });

  it('are held up by no purge', async () => {
    await expectNoWait(async () => {
      await host.dataSource.query(
        `insert into social_auth_token (id, account_id, digest, key_id, provider, expires_at)
         select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 'spec', 'google', now() - interval '60 days'
           from generate_series(1, ${DUE_TOKENS})`,
        [accountId],
      );
      return () => host.app.get(Purge).run();
    });
  }, 120_000);

  it('are held up by no writing of last uses', async () => {
    await expectNoWait(() => {
      const lastUse = host.app.get(LastUse);
      for (let id = 0; id < USED_TOKENS; id += 1) lastUse.note(randomUUID(), null);
      return Promise.resolve(() => lastUse.flush());
    });
  }, 120_000);
});
