import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountsService,
  ConflictError,
  DatabaseUnavailableError,
  SignInFigures,
  type SignInResult,
} from '../../../src/social-auth';
import { OrdinarySignIn } from '../../../src/social-auth/accounts/sign-in/ordinary-sign-in';
import { LOCK, SIGN_IN } from '../../../src/social-auth/accounts/sign-in/ordinary-sign-in.statements';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { CLIENT, credentialOf, KEY } from '../tokens/token-host';

const MOST_TOKENS = 3;

describeOnPostgres('sign-ins that share a round trip', (server) => {
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

  /** What the round trip alone makes of a sign-in. */
  const ordinary = (person: string, changes: object = {}): Promise<SignInResult | undefined> => {
    const identity = { ...credentialOf(person).identity, ...changes };
    const request = { kind: 'sign_in', provider: identity.provider, client: CLIENT, end: { ttlSeconds: 60 } } as const;
    return host.app.get(OrdinarySignIn).signIn(identity, request);
  };

  const lock = async (client: Client, accountId: string): Promise<void> => {
    await client.query('begin');
    await client.query('select 1 from social_auth_account where id = $1 for no key update', [accountId]);
  };

  const tokensOf = async (accountId: string): Promise<number> =>
    (await holder.query('select 1 from social_auth_token where account_id = $1', [accountId])).rowCount ?? 0;

  /** How many round trips some work takes. */
  const roundTripsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const figures = host.app.get(SignInFigures, { strict: false });
    const before = figures.statements;
    await work();
    return figures.statements - before;
  };

  /** Gives an account a second way to sign in. */
  const link = async (person: string, accountId: string): Promise<void> => {
    await signIn(person);
    await holder.query(
      `update social_auth_identity set account_id = $2, is_primary = false
        where subject = $1 and account_id <> $2`,
      [credentialOf(person).identity.subject, accountId],
    );
  };

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    const options = {
      backgroundJobs: false,
      tokens: { hmacKeys: [KEY], limit: { perAccount: MOST_TOKENS, policy: 'reject' as const } },
    };
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, options });
    [holder, other] = [await connected(), await connected()];
  }, 60_000);
  beforeEach(() => holder.query('truncate social_auth_account cascade'));
  afterEach(() => Promise.all([holder.query('rollback'), other.query('rollback')]));
  afterAll(async () => {
    await Promise.all([holder.end(), other.end()]);
    await host.stop();
    await database.drop();
    await idp.stop();
  });

  it('are each their own', async () => {
    const people = ['ada', 'ben', 'eve'];
    const first = await Promise.all(people.map(signIn));
    const results: (SignInResult | undefined)[] = [];
    const trips = await roundTripsOf(async () => {
      results.push(...(await Promise.all(people.map((person) => ordinary(person)))));
    });
    expect(trips).toBe(1);
    expect(results.map((result) => result?.account.id)).toEqual(first.map(({ account }) => account.id));
    const { rows } = await holder.query('select id, account_id from social_auth_token where id = any($1) order by id', [
      results.map((result) => result?.issued.id),
    ]);
    const expected = results.map((result) => ({ id: result?.issued.id, account_id: result?.account.id }));
    expect(rows).toEqual(expected.sort((one, next) => ((one.id ?? '') < (next.id ?? '') ? -1 : 1)));
    expect(new Set(results.map((result) => result?.issued.token)).size).toBe(people.length);
  });

  it('wait for nobody whose account somebody has locked, who is signed in alone', async () => {
    const [ada, ben] = [await signIn('ada'), await signIn('ben')];
    await lock(holder, ada.account.id);
    const results = await Promise.all([ordinary('ada'), ordinary('ben')]);
    expect(results.map((result) => result?.account.id)).toEqual([undefined, ben.account.id]);
    const late = signIn('ada');
    await eventually(async () => {
      const { rowCount } = await holder.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(1);
    });
    await holder.query('rollback');
    expect((await late).account.id).toBe(ada.account.id);
  });

  it('wait for nobody whose identity somebody else has in hand', async () => {
    const [, ben] = [await signIn('ada'), await signIn('ben')];
    await holder.query('begin');
    await holder.query('update social_auth_identity set last_used_at = null where subject = $1', ['ada']);
    const results = await Promise.all([ordinary('ada'), ordinary('ben')]);
    expect(results.map((result) => result?.account.id)).toEqual([undefined, ben.account.id]);
  });

  it('leave out whose account somebody else keeps from being deleted, who is signed in alone', async () => {
    const { account } = await signIn('ada');
    await holder.query('begin');
    await holder.query('select 1 from social_auth_account where id = $1 for key share', [account.id]);
    expect(await ordinary('ada')).toBeUndefined();
    expect((await signIn('ada')).account.id).toBe(account.id);
  });

  it.each([
    ['is new here', 'eve', {}],
    ['has another name', 'ada', { name: 'Countess' }],
    ['has a name that is no text', 'ada', { name: 'A\ud800da' }],
    ['has an address with a NUL', 'ada', { email: 'a\0@example.com' }],
    ['has a subject that is no text', 'a\ud800', {}],
  ])('leave out who %s, and nobody else', async (_what, person, changes) => {
    await signIn('ada');
    const ben = await signIn('ben');
    let results: (SignInResult | undefined)[] = [];
    const trips = await roundTripsOf(async () => {
      results = await Promise.all([ordinary(person, changes), ordinary('ben')]);
    });
    expect(trips).toBe(1);
    expect(results.map((result) => result?.account.id)).toEqual([undefined, ben.account.id]);
  });

  it('leave out who is disabled, and nobody else', async () => {
    const [ada, ben] = [await signIn('ada'), await signIn('ben')];
    await holder.query('update social_auth_account set disabled_at = now() where id = $1', [ada.account.id]);
    const results = await Promise.all([ordinary('ada'), ordinary('ben')]);
    expect(results.map((result) => result?.account.id)).toEqual([undefined, ben.account.id]);
  });

  it('are each done alone where the database refuses their statement', async () => {
    const people = ['ada', 'ben', 'eve'];
    await Promise.all(people.map(signIn));
    const clash = `create unique index once on social_auth_event (type) where type = 'signed_in'`;
    await holder.query('delete from social_auth_event');
    await holder.query(clash);
    expect(await Promise.all(people.map((person) => ordinary(person)))).toEqual([undefined, undefined, undefined]);
    await holder.query('drop index once');
    expect(await tokensOf((await signIn('ada')).account.id)).toBe(2);
  });

  it('T9 find room for one of two identities of an account where there is room for one', async () => {
    const { account } = await signIn('ada');
    await link('ben', account.id);
    await signIn('ada');
    expect(await tokensOf(account.id)).toBe(MOST_TOKENS - 1);
    const outcomes = await Promise.allSettled([signIn('ada'), signIn('ben')]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refusals).toEqual([expect.any(ConflictError)]);
    expect(await tokensOf(account.id)).toBe(MOST_TOKENS);
  });

  it('do nothing for an account that is free only since the locks were taken', async () => {
    const { account } = await signIn('ada');
    const { issuer, subject } = credentialOf('ada').identity;
    const people = JSON.stringify([{ issuer, subject, has_address: false, is_machine: false, event_id: randomUUID() }]);
    const token = {
      id: randomUUID(),
      digest: `\\x${'07'.repeat(32)}`,
      key_id: 'k',
      kind: 'sign_in',
      provider: 'google',
    };
    const tokens = JSON.stringify([{ ...token, ttl_seconds: 60 }]);
    const both = async (): Promise<number | null> => {
      await holder.query('begin');
      await holder.query(LOCK, [people]);
      await other.query('rollback');
      const { rowCount } = await holder.query(SIGN_IN, [people, tokens, 0]);
      await holder.query('rollback');
      return rowCount;
    };
    expect(await both()).toBe(1);
    await lock(other, account.id);
    expect(await both()).toBe(0);
    await other.query('begin');
    await other.query('select 1 from social_auth_identity for no key update');
    expect(await both()).toBe(0);
  });

  it('leave nothing behind once nobody waits for their answer any more', async () => {
    const { account } = await signIn('ada');
    await holder.query('begin');
    await holder.query('lock table social_auth_token');
    await expect(ordinary('ada')).rejects.toThrow(DatabaseUnavailableError);
    await holder.query('rollback');
    // The server has all of it, and goes on although the connection is gone.
    await eventually(async () => {
      const { rowCount } = await holder.query(
        `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and (state = 'active' or backend_xid is not null)`,
      );
      expect(rowCount).toBe(0);
    });
    const { rows: events } = await holder.query(
      `select 1 from social_auth_event where account_id = $1 and type = 'signed_in'`,
      [account.id],
    );
    expect([await tokensOf(account.id), events.length]).toEqual([1, 1]);
  });
});
