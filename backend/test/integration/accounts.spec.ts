import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import {
  AccountDisabledError,
  AccountsService,
  EmailInUseError,
  NotFoundError,
  type SignInResult,
  type SocialAuthOptions,
  type VerifiedCredential,
  type VerifiedIdentity,
} from '../../src/social-auth';
import { describeOnPostgres } from '../support/describe-on-server';
import { eventually } from '../support/eventually';
import { startHostApp, type HostApp } from '../support/host-app';
import { persistently } from '../support/persistently';
import type { TemporaryDatabase } from '../support/postgres-server';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const CLIENT = { address: '192.0.2.7', userAgent: 'spec', requestId: 'r1' };

let idp: DemoIdentityProvider;
let database: TestDatabase;
let host: HostApp;
/** What the host's hooks do; each test may replace it. */
let hooks: Pick<SocialAuthOptions, 'onAccountCreated' | 'onAccountDeleted'>;

const hookOptions: Partial<SocialAuthOptions> = {
  onAccountCreated: async (...parameters) => hooks.onAccountCreated?.(...parameters),
  onAccountDeleted: async (...parameters) => hooks.onAccountDeleted?.(...parameters),
};

function credential(identity: Partial<VerifiedIdentity> = {}): VerifiedCredential {
  return {
    identity: { provider: 'google', issuer: 'https://issuer.example', subject: '1', emailVerified: false, ...identity },
    kind: 'id_token',
    clientId: 'client',
    issuedAt: new Date(),
    expiresAt: new Date(Date.now() + 60_000),
  };
}

const signIn = (identity: Partial<VerifiedIdentity>): Promise<SignInResult> =>
  host.app.get(AccountsService).signIn(credential(identity), CLIENT);

const verified = (email: string, subject: string, provider = 'google'): Partial<VerifiedIdentity> => ({
  email,
  subject,
  provider,
  issuer: `https://${provider}.example`,
  emailVerified: true,
});

async function count(table: string): Promise<number> {
  const [row] = await host.dataSource.query<{ n: number }[]>(`select count(*)::int as n from social_auth_${table}`);
  return row?.n ?? -1;
}

const empty = (): Promise<unknown> => host.dataSource.query('truncate social_auth_account cascade');

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());
beforeEach(() => {
  hooks = {};
});

describe('accounts', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    host = await startHostApp({ adapter: 'fastify', database: database.url, idp, options: hookOptions });
  }, 60_000);
  beforeEach(empty);
  afterAll(async () => {
    await host.stop();
    await database.stop();
  });

  it('M10 names a new account as its client does, where the provider says no name, and never an old one', async () => {
    const enter = (identity: Partial<VerifiedIdentity>, claimedName?: string): Promise<SignInResult> =>
      host.app.get(AccountsService).signIn({ ...credential(identity), claimedName }, CLIENT);
    const { account } = await enter({ subject: 'a' }, 'Ada');
    expect(account.name).toBe('Ada');
    const again = await enter({ subject: 'a' }, 'Eve');
    expect(again).toMatchObject({ isNewAccount: false, account: { id: account.id, name: 'Ada' } });
    const [kept] = await host.dataSource.query<{ name: string }[]>('select name from social_auth_identity');
    expect(kept?.name).toBe('Ada');
    expect((await enter({ subject: 'b', name: 'Ben' }, 'Eve')).account.name).toBe('Ben');
    await enter({ subject: 'c' });
    const late = await enter({ subject: 'c' }, 'Eve');
    expect(late.account.name).toBeNull();
  });

  it('M1 finds the same account by issuer and subject, compared byte for byte', async () => {
    const first = await signIn({ subject: 'Abc' });
    const again = await signIn({ subject: 'Abc' });
    const otherCase = await signIn({ subject: 'abc' });
    const otherIssuer = await signIn({ subject: 'Abc', issuer: 'https://issuer.example/' });
    expect(again.account.id).toBe(first.account.id);
    expect([first.isNewAccount, again.isNewAccount]).toEqual([true, false]);
    expect(new Set([first, otherCase, otherIssuer].map(({ account }) => account.id)).size).toBe(3);
  });

  it('T7 issues a new token at each sign-in, and the former ones live on', async () => {
    const tokens = [await signIn({}), await signIn({}), await signIn({})].map(({ issued }) => issued.token);
    expect(new Set(tokens).size).toBe(3);
    expect(await count('token')).toBe(3);
  });

  it('T3 keeps a digest and nothing of the token itself', async () => {
    const { issued } = await signIn({ name: 'Ada' });
    const rows = await host.dataSource.query<object[]>('select * from social_auth_token');
    const text = JSON.stringify(rows, (_key, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : value,
    );
    expect(text).not.toContain(issued.token);
    expect(text).not.toContain(issued.token.slice(4, 47));
    expect(rows).toEqual([
      expect.objectContaining({ key_id: 'test', client_address: '192.0.2.7', user_agent: 'spec' }),
    ]);
  });

  it('M2 compares an unverified or missing address with nobody', async () => {
    const owner = await signIn(verified('ada@example.com', '1'));
    const unverified = await signIn({ subject: '2', email: 'ada@example.com', emailVerified: false });
    const without = await signIn({ subject: '3' });
    expect(new Set([owner, unverified, without].map(({ account }) => account.id)).size).toBe(3);
    expect(unverified.account).toMatchObject({ email: 'ada@example.com', emailVerified: false });
  });

  it('M2 refuses a second account for a verified address and names the provider to sign in with', async () => {
    await signIn(verified('ada@example.com', '1', 'google'));
    const attempt = signIn(verified('ADA@example.com', '1', 'auth0'));
    await expect(attempt).rejects.toBeInstanceOf(EmailInUseError);
    await expect(attempt).rejects.toMatchObject({
      response: { detail: expect.stringMatching(/^Sign in with Google/) as string },
    });
    expect([await count('account'), await count('identity'), await count('token')]).toEqual([1, 1, 1]);
  });

  it('M5 keeps a person out of the account that somebody else made with their unverified address', async () => {
    const attacker = await signIn({ subject: 'evil', email: 'victim@example.com', emailVerified: false });
    const victim = await signIn(verified('victim@example.com', 'v', 'auth0'));
    expect(victim.isNewAccount).toBe(true);
    expect(victim.account.id).not.toBe(attacker.account.id);
  });

  it('M6 refuses a recycled address under a new subject of the same provider, in words of its own', async () => {
    await signIn(verified('ada@company.example', 'old'));
    const attempt = signIn(verified('ada@company.example', 'new'));
    await expect(attempt).rejects.toMatchObject({
      code: 'email_in_use',
      response: { detail: expect.stringContaining('ask the operator') as string },
    });
  });

  it.each([
    ['full-width @', 'victim＠example.com'],
    ['homoglyph', 'vіctim@example.com'],
    ['Kelvin sign', '\u212aictim@example.com'],
    ['dotless i', 'vıctim@example.com'],
    ['dots', 'vic.tim@example.com'],
    ['plus', 'victim+1@example.com'],
    ['trailing space', 'victim@example.com '],
    ['ligature', 'victim@exampﬂe.com'],
  ])('M7 never lets a look-alike address reach another account: %s', async (_name, email) => {
    const victim = await signIn(verified('victim@example.com', '1'));
    const kelvin = await signIn(verified('kictim@example.com', '2'));
    const other = await signIn(verified(email, '3'));
    expect([victim.account.id, kelvin.account.id]).not.toContain(other.account.id);
  });

  it('keeps the provider of the first sign-in and follows the profile of that identity', async () => {
    await signIn({ ...verified('old@example.com', '1'), name: 'Old', picture: 'https://example.com/old.png' });
    const { account } = await signIn({ ...verified('new@example.com', '1'), name: 'New' });
    expect(account).toMatchObject({ email: 'new@example.com', name: 'New', picture: 'https://example.com/old.png' });
    const [stored] = await host.dataSource.query<object[]>('select * from social_auth_account');
    expect(stored).toMatchObject({ email: 'new@example.com', name: 'New', provider: 'google' });
  });

  it('takes nothing away when a credential carries no profile', async () => {
    await signIn({ ...verified('ada@example.com', '1'), name: 'Ada' });
    const { account } = await signIn({ subject: '1', issuer: 'https://google.example' });
    expect(account).toMatchObject({ email: 'ada@example.com', emailVerified: true, name: 'Ada' });
  });

  it('signs in a person whose new address is somebody else’s, and leaves the account its former one', async () => {
    await signIn(verified('taken@example.com', '1', 'auth0'));
    await signIn(verified('mine@example.com', '2'));
    const { account } = await signIn({ ...verified('taken@example.com', '2'), name: 'New name' });
    expect(account).toMatchObject({ email: 'mine@example.com', emailVerified: true, name: 'New name' });
    const [identity] = await host.dataSource.query<object[]>(`select * from social_auth_identity where subject = '2'`);
    expect(identity).toMatchObject({ email: 'taken@example.com', email_verified: true });
  });

  it('M9 refuses the sign-in of a disabled account', async () => {
    await signIn({});
    await host.dataSource.query('update social_auth_account set disabled_at = now()');
    await expect(signIn({})).rejects.toBeInstanceOf(AccountDisabledError);
    expect(await count('token')).toBe(1);
  });

  it('runs the host’s hook in the transaction of the first sign-in alone', async () => {
    const seen: string[] = [];
    hooks.onAccountCreated = async (account, identity, manager) => {
      const rows = await manager.query<object[]>('select 1 from social_auth_account where id = $1', [account.id]);
      seen.push(`${identity.subject} ${rows.length}`);
    };
    await signIn({ subject: 'a' });
    await signIn({ subject: 'a' });
    expect(seen).toEqual(['a 1']);
  });

  it('keeps nothing of a first sign-in whose hook fails', async () => {
    hooks.onAccountCreated = () => Promise.reject(new Error('the host refuses'));
    await expect(signIn({})).rejects.toThrow('the host refuses');
    expect([await count('account'), await count('identity'), await count('token')]).toEqual([0, 0, 0]);
  });

  it('deletes an account with everything of it, and what the host’s hook removes, or nothing at all', async () => {
    const { account } = await signIn({});
    const accounts = host.app.get(AccountsService);
    hooks.onAccountDeleted = () => Promise.reject(new Error('not now'));
    await expect(accounts.deleteAccount(account.id)).rejects.toThrow('not now');
    expect(await count('token')).toBe(1);
    const seen: string[] = [];
    hooks.onAccountDeleted = (deleted) => Promise.resolve(void seen.push(deleted.id));
    await accounts.deleteAccount(account.id);
    expect(seen).toEqual([account.id]);
    expect([await count('account'), await count('identity'), await count('token')]).toEqual([0, 0, 0]);
    await expect(accounts.deleteAccount(account.id)).rejects.toBeInstanceOf(NotFoundError);
  });
});

describeOnPostgres('accounts under concurrency', (server) => {
  let temporary: TemporaryDatabase;

  beforeAll(async () => {
    temporary = await server().createDatabase();
    host = await startHostApp({ adapter: 'fastify', database: temporary.url, idp, options: hookOptions });
  }, 60_000);
  beforeEach(empty);
  afterAll(async () => {
    await host.stop();
    await temporary.drop();
  });

  it('M8 makes one account of 25 first sign-ins of one person at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 25 }, () => persistently(() => signIn(verified('ada@example.com', '1')))),
    );
    expect(new Set(results.map(({ account }) => account.id)).size).toBe(1);
    expect(results.filter(({ isNewAccount }) => isNewAccount)).toHaveLength(1);
    expect([await count('account'), await count('identity'), await count('token')]).toEqual([1, 1, 25]);
  });

  it('makes one account and one refusal of first sign-ins with one verified address at two providers at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const email = `round${round}@example.com`;
      const results = await Promise.allSettled([
        signIn(verified(email, `g${round}`, 'google')),
        signIn(verified(email.toUpperCase(), `a${round}`, 'auth0')),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const rejected = results.find((result) => result.status === 'rejected');
      expect(rejected?.reason).toBeInstanceOf(EmailInUseError);
    }
    expect(await count('account')).toBe(10);
  });

  it('lets no two accounts take one address by a change of profile at once', async () => {
    await Promise.all(['1', '2', '3', '4'].map((subject) => signIn(verified(`${subject}@example.com`, subject))));
    await Promise.all(['1', '2', '3', '4'].map((subject) => signIn(verified('wanted@example.com', subject))));
    const [row] = await host.dataSource.query<{ n: number }[]>(
      `select count(*)::int as n from social_auth_account where email = 'wanted@example.com' and email_verified`,
    );
    expect(row?.n).toBe(1);
  });

  /** Waits until a transaction of the server waits for a lock. */
  const somebodyWaits = (): Promise<void> =>
    eventually(async () => {
      const blocked = await host.dataSource.query<object[]>(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      expect(blocked).toHaveLength(1);
    });

  it('gives no address back to an account that has lost it while its sign-in waited', async () => {
    await signIn({ ...verified('first@example.com', '1'), name: 'Old' });
    const operator = host.dataSource.createQueryRunner();
    await operator.startTransaction();
    await operator.query(`update social_auth_account set email = 'second@example.com'`);
    // Waits for the operator, and so has nothing of the account as it was.
    const waiting = signIn({ ...verified('first@example.com', '1'), name: 'New' });
    await somebodyWaits();
    await operator.query(
      `insert into social_auth_account (id, email, email_verified, provider)
       values ('019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', 'first@example.com', true, 'auth0')`,
    );
    await operator.commitTransaction();
    await operator.release();
    expect((await waiting).account).toMatchObject({ email: 'second@example.com', name: 'New' });
    const owners = await host.dataSource.query<object[]>(
      `select 1 from social_auth_account where email = 'first@example.com' and email_verified`,
    );
    expect(owners).toHaveLength(1);
  });

  it('lets nobody into an account whose identity was unlinked while the sign-in waited', async () => {
    const former = await signIn(verified('ada@example.com', '1'));
    const operator = host.dataSource.createQueryRunner();
    await operator.startTransaction();
    await operator.query('select from social_auth_account for no key update');
    const waiting = signIn(verified('ada@example.com', '1'));
    await somebodyWaits();
    await operator.query('delete from social_auth_identity');
    await operator.query('update social_auth_account set email = null, email_verified = false');
    await operator.commitTransaction();
    await operator.release();
    const { account, isNewAccount } = await waiting;
    expect(isNewAccount).toBe(true);
    expect(account.id).not.toBe(former.account.id);
    expect([await count('account'), await count('identity')]).toEqual([2, 1]);
  });

  it('U7 leaves no half account when the connection dies in the middle of a first sign-in', async () => {
    hooks.onAccountCreated = async (_account, _identity, manager) => {
      await manager.query('select pg_terminate_backend(pg_backend_pid())');
    };
    await expect(signIn({})).rejects.toMatchObject({ code: 'database_unavailable' });
    expect([await count('account'), await count('identity'), await count('token')]).toEqual([0, 0, 0]);
    hooks = {};
    expect((await signIn({})).isNewAccount).toBe(true);
  });

  it('M9 signs in before the account is deleted, or is refused after it, when both happen at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { account } = await signIn({ subject: `fleeting ${round}` });
      const [deleted, entered] = await Promise.allSettled([
        host.app.get(AccountsService).deleteAccount(account.id),
        signIn({ subject: `fleeting ${round}` }),
      ]);
      expect(deleted.status).toBe('fulfilled');
      if (entered.status === 'rejected') expect(entered.reason).toMatchObject({ code: 'provider_token_too_old' });
      expect([await count('account'), await count('token')]).toEqual([0, 0]);
    }
  });
});
