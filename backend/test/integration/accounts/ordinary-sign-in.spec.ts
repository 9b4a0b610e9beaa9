import { randomBytes } from 'node:crypto';
import { EventEmitter2, EventEmitterModule } from '@nestjs/event-emitter';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { DemoIdentityProvider } from '../../../dev/demo-identity-provider';
import {
  AccountEntity,
  AccountsService,
  ConflictError,
  IdentityEntity,
  TokenEntity,
  type SecurityEvent,
  type SignInResult,
  type VerifiedIdentity,
} from '../../../src/social-auth';
import { hasProfile, profileOf, updatedProfile } from '../../../src/social-auth/accounts/profile/profile-update';
import { OrdinarySignIn } from '../../../src/social-auth/accounts/sign-in/ordinary-sign-in';
import { describeOnPostgres } from '../../support/describe-on-server';
import { eventually } from '../../support/eventually';
import { startHostApp, type HostApp } from '../../support/host-app';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const client = { address: '203.0.113.7', userAgent: 'test', requestId: undefined };

const ada: VerifiedIdentity = {
  provider: 'google',
  issuer: 'https://google.example',
  subject: '1',
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada',
};

function signIn(host: HostApp, identity: VerifiedIdentity): Promise<SignInResult> {
  const now = Date.now();
  const credential = { identity, clientId: 'web', issuedAt: new Date(now), expiresAt: new Date(now + 60_000) };
  return host.app.get(AccountsService).signIn({ ...credential, kind: 'id_token' }, client);
}

/** What the one round trip alone makes of a sign-in. */
const ordinary = (host: HostApp, identity: VerifiedIdentity): Promise<SignInResult | undefined> =>
  host.app
    .get(OrdinarySignIn)
    .signIn(identity, { kind: 'sign_in', provider: identity.provider, client, end: { ttlSeconds: 60 } });

describe('a sign-in of which nothing changes', () => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    const imports = [EventEmitterModule.forRoot()];
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, imports });
  }, 60_000);
  beforeEach(() => host.dataSource.query('truncate social_auth_account, social_auth_event cascade'));
  afterAll(async () => {
    await host.stop();
    await database.stop();
    await idp.stop();
  });

  const rows = async (): Promise<object> => ({
    identities: await host.dataSource.getRepository(IdentityEntity).find(),
    tokens: await host.dataSource.getRepository(TokenEntity).find({ order: { id: 'asc' } }),
    events: await host.dataSource.query<object[]>('select * from social_auth_event order by id'),
  });

  it('gives the account as it stands, and writes what every sign-in writes', async () => {
    const first = await signIn(host, ada);
    await host.dataSource.query('update social_auth_identity set last_used_at = null');
    const result = await ordinary(host, ada);
    const [account] = await host.dataSource.getRepository(AccountEntity).find();
    expect(result?.account).toEqual(account);
    expect(result).toMatchObject({ isNewAccount: false, issued: { expiresIn: 60 } });
    const [identity] = await host.dataSource.getRepository(IdentityEntity).find();
    const token = await host.dataSource.getRepository(TokenEntity).findOneByOrFail({ id: result?.issued.id });
    expect(identity?.lastUsedAt).toEqual(token.createdAt);
    expect(token).toMatchObject({
      accountId: first.account.id,
      identityId: identity?.id,
      kind: 'sign_in',
      clientAddress: client.address,
      expiresAt: result?.issued.expiresAt,
    });
    expect(
      await host.dataSource.query(
        'select type, token_id, provider, client_address from social_auth_event order by id desc limit 1',
      ),
    ).toEqual([{ type: 'signed_in', token_id: token.id, provider: 'google', client_address: client.address }]);
  });

  it('is what the rules of profiles call unchanged, and where it is not, nothing is written', async () => {
    const some = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
    const profiles = fc.record({
      email: some(undefined, 'ada@example.com', 'ada@example.org'),
      emailVerified: some(true, false),
      emailAuthoritative: some(undefined, true, false),
      hostedDomain: some(undefined, 'example.com', 'example.org'),
      name: some(undefined, 'Ada', 'Ada Lovelace'),
      picture: some(undefined, 'https://example.com/ada'),
    });
    const changes = fc.record({
      disabled: some(false, false, false, true),
      renamed: some(false, false, true),
      isPrimary: some(true, true, false),
    });
    let agreed = 0;
    const property = fc.asyncProperty(
      profiles,
      profiles,
      changes,
      fc.boolean(),
      async (before, after, change, same) => {
        await host.dataSource.query('truncate social_auth_account cascade');
        const key = { provider: 'google', issuer: 'https://google.example', subject: '1' };
        await signIn(host, { ...before, ...key });
        if (change.disabled) await host.dataSource.query('update social_auth_account set disabled_at = now()');
        if (change.renamed) await host.dataSource.query(`update social_auth_account set name = 'Countess'`);
        if (!change.isPrimary) await host.dataSource.query('update social_auth_identity set is_primary = false');
        const verified = { ...(same ? before : after), ...key };
        const identity = await host.dataSource.getRepository(IdentityEntity).findOneByOrFail(key);
        const account = await host.dataSource.getRepository(AccountEntity).findOneByOrFail({ id: identity.accountId });
        const profile = updatedProfile(identity, verified);
        const isOrdinary =
          account.disabledAt === null &&
          hasProfile(identity, profile) &&
          (!identity.isPrimary || hasProfile(account, profileOf(profile)));
        const was = await rows();
        expect((await ordinary(host, verified)) !== undefined).toBe(isOrdinary);
        if (!isOrdinary) expect(await rows()).toEqual(was);
        agreed += isOrdinary ? 1 : 0;
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 4 });
    // Of either verdict there were enough to say something.
    expect([agreed > 8, agreed < 52]).toEqual([true, true]);
  }, 180_000);

  it('is told to the host once it is committed, and what a listener throws changes nothing', async () => {
    const heard: SecurityEvent[] = [];
    const listen = (event: SecurityEvent): void => {
      heard.push(event);
      throw new Error('of the host');
    };
    const { account } = await signIn(host, ada);
    const emitter = host.app.get(EventEmitter2);
    emitter.on('social-auth.signed_in', listen);
    const { issued } = await signIn(host, ada);
    emitter.off('social-auth.signed_in', listen);
    const [row] = await host.dataSource.query<{ id: string; at: Date }[]>(
      'select id, at from social_auth_event where token_id = $1',
      [issued.id],
    );
    expect(heard).toEqual([
      { ...row, type: 'signed_in', accountId: account.id, tokenId: issued.id, provider: 'google', client },
    ]);
  });

  it('is left to a transaction where the database refuses the statement', async () => {
    await signIn(host, ada);
    await host.dataSource.query('alter table social_auth_event rename column user_agent to away');
    expect(await ordinary(host, ada)).toBeUndefined();
    await host.dataSource.query('alter table social_auth_event rename column away to user_agent');
    expect(await ordinary(host, ada)).toBeDefined();
  });

  it('is none of somebody who has never been here', async () => {
    expect(await ordinary(host, ada)).toBeUndefined();
  });
});

describeOnPostgres('sign-ins of one account at once', (server) => {
  let idp: DemoIdentityProvider;
  let database: TemporaryDatabase;
  let host: HostApp;
  let holder: Client;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await server().createDatabase();
    host = await startHostApp({
      adapter: 'fastify',
      database: `${database.url}?pool_max=3`,
      idp,
      options: {
        tokens: { hmacKeys: [{ id: 'test', key: randomBytes(32) }], limit: { perAccount: 2, policy: 'reject' } },
      },
    });
    holder = new Client({ connectionString: database.url });
    await holder.connect();
  }, 60_000);
  beforeEach(() => holder.query('truncate social_auth_account cascade'));
  afterAll(async () => {
    await holder.end();
    await host.stop();
    await database.drop();
    await idp.stop();
  });

  const lockAccounts = async (): Promise<void> => {
    await holder.query('begin');
    await holder.query('select 1 from social_auth_account for no key update');
  };

  /** Waits until so many statements wait for a lock. */
  const waiting = (many: number): Promise<void> =>
    eventually(async () => {
      const { rowCount } = await holder.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rowCount).toBe(many);
    });

  it('wait for each other where they keep no connection from anybody else', async () => {
    const many = Array.from({ length: 20 }, () => ada);
    await signIn(host, ada);
    await lockAccounts();
    const outcomes = Promise.allSettled(many.map((identity) => signIn(host, identity)));
    await waiting(1);
    const ben = await signIn(host, { ...ada, subject: '2', email: 'ben@example.com' });
    expect(ben.isNewAccount).toBe(true);
    await holder.query('rollback');
    await outcomes;
  });

  it('T9 find no room that somebody has taken while they waited', async () => {
    const { account } = await signIn(host, ada);
    await lockAccounts();
    const late = signIn(host, ada);
    const refused = expect(late).rejects.toThrow(ConflictError);
    await waiting(1);
    await holder.query(
      `insert into social_auth_token (id, account_id, digest, key_id, provider, expires_at)
       select gen_random_uuid(), $1, sha256('another'), 'test', 'google', now() + interval '1 hour'`,
      [account.id],
    );
    await holder.query('commit');
    await refused;
  });
});
