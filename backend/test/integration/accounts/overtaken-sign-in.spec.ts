import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import { AccountsService, DatabaseUnavailableError, type SignInResult } from '../../../src/social-auth';
import { OrdinarySignIn } from '../../../src/social-auth/accounts/sign-in/ordinary-sign-in';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { CLIENT, credentialOf, KEY } from '../tokens/token-host';

describeOnPostgres('a sign-in in one round trip that waits for the account', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let host: HostApp;
  let holder: Client;
  let other: Client;

  const connected = async (): Promise<Client> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    return client;
  };

  const signIn = (person: string): Promise<SignInResult> =>
    host.app.get(AccountsService).signIn(credentialOf(person), CLIENT);

  const ordinary = (person: string): Promise<SignInResult | undefined> => {
    const { identity } = credentialOf(person);
    const request = { kind: 'sign_in', provider: identity.provider, client: CLIENT, end: { ttlSeconds: 60 } } as const;
    return host.app.get(OrdinarySignIn).signIn(identity, request);
  };

  const lock = async (client: Client, accountId: string): Promise<void> => {
    await client.query('begin');
    await client.query('select 1 from social_auth_account where id = $1 for no key update', [accountId]);
  };

  /** Waits until so many statements wait for a lock. */
  const waiting = (many: number): Promise<void> =>
    eventually(async () => {
      const { rowCount } = await holder.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(many);
    });

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    const options = { backgroundJobs: false, tokens: { hmacKeys: [KEY] } };
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, options });
    [holder, other] = [await connected(), await connected()];
  }, 60_000);
  afterAll(async () => {
    await Promise.all([holder.end(), other.end()]);
    await host.stop();
    await database.drop();
    await idp.stop();
  });

  it('leaves nothing behind once nobody waits for its answer any more', async () => {
    const { account } = await signIn('ada');
    await lock(holder, account.id);
    await expect(ordinary('ada')).rejects.toThrow(DatabaseUnavailableError);
    await waiting(1);
    await holder.query('rollback');
    // The server has all of it, and goes on although the connection is gone.
    await eventually(async () => {
      const { rowCount } = await holder.query(
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and (state = 'active' or backend_xid is not null)`,
      );
      expect(rowCount).toBe(0);
    });
    const { rows } = await holder.query('select 1 from social_auth_token where account_id = $1', [account.id]);
    const { rows: events } = await holder.query(
      `select 1 from social_auth_event where account_id = $1 and type = 'signed_in'`,
      [account.id],
    );
    expect([rows.length, events.length]).toEqual([1, 1]);
  });

  it('is left to a transaction where the identity has gone to an account that somebody else has locked', async () => {
    const [eve, ben] = [await signIn('eve'), await signIn('ben')];
    await lock(holder, eve.account.id);
    await lock(other, ben.account.id);
    const late = ordinary('eve');
    await waiting(1);
    await holder.query('update social_auth_identity set account_id = $2, is_primary = false where account_id = $1', [
      eve.account.id,
      ben.account.id,
    ]);
    await holder.query('commit');
    expect(await late).toBeUndefined();
    await other.query('rollback');
  });
});
