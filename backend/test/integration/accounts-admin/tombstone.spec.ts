import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { AccountsHost, CLIENT, person } from './accounts-host';

/** Until a whole second has passed in which nothing was deleted. */
const nextSecond = (): Promise<void> => sleep(1_050 - (Date.now() % 1_000));

describe('a deleted account', () => {
  let database: TestDatabase;
  let host: AccountsHost;

  beforeAll(async () => {
    database = await createTestDatabase();
    host = await AccountsHost.start(database.url);
  }, 60_000);
  beforeEach(() => host.empty());
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
  });

  it('M9 refuses provider tokens from before the deletion, and makes a new account of a later one', async () => {
    const before = await host.signIn(person('ada'));
    await host.accounts.deleteAccount(before.account.id);
    for (const secondsAgo of [0, 1, 60, 3_600, 86_400]) {
      await expect(host.signIn(person('ada'), secondsAgo)).rejects.toMatchObject({
        code: 'provider_token_too_old',
        status: 401,
        reason: 'issued before the account was deleted',
      });
    }
    expect([await host.count('account'), await host.count('token')]).toEqual([0, 0]);
    await nextSecond();
    const after = await host.signIn(person('ada'));
    expect([after.isNewAccount, await host.accepts(after), await host.accepts(before)]).toEqual([true, true, false]);
    expect(after.account.id).not.toBe(before.account.id);
  });

  it('M9 lets its new account be used with a token from before: the account is known then', async () => {
    await host.accounts.deleteAccount((await host.signIn(person('ada'))).account.id);
    await nextSecond();
    const { account } = await host.signIn(person('ada'));
    expect((await host.signIn(person('ada'), 60)).account.id).toBe(account.id);
  });

  it('M9 is told apart from everybody else', async () => {
    await host.accounts.deleteAccount((await host.signIn(person('ada'))).account.id);
    const others = [
      person('Ada'),
      { ...person('ada', 'auth0') },
      { ...person('ada'), issuer: 'https://google.example/' },
    ];
    for (const other of others) {
      expect((await host.signIn({ ...other, email: undefined, emailVerified: false }, 60)).isNewAccount).toBe(true);
    }
  });

  it('M9 moves the moment with a second deletion', async () => {
    await host.accounts.deleteAccount((await host.signIn(person('ada'))).account.id);
    await nextSecond();
    const between = await host.signIn(person('ada'));
    await nextSecond();
    await host.accounts.deleteAccount(between.account.id);
    await expect(host.signIn(person('ada'), 1)).rejects.toMatchObject({ code: 'provider_token_too_old' });
    expect(await host.count('tombstone')).toBe(1);
  });

  it('M9 remembers each of its identities, for as long as a provider token may live', async () => {
    const { account } = await host.signIn(person('ada'));
    await host.query(
      `insert into social_auth_identity (id, account_id, provider, issuer, subject, email_verified, is_primary)
       values ('019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', $1, 'auth0', 'https://auth0.example', 'ada', false, false)`,
      [account.id],
    );
    await host.accounts.deleteAccount(account.id);
    for (const provider of ['google', 'auth0']) {
      const attempt = host.signIn(person('ada', provider), 60);
      await expect(attempt).rejects.toMatchObject({ code: 'provider_token_too_old' });
    }
    const kept = await host.query(`
      select extract(epoch from expires_at - now()) between 86400 and 86520 as day from social_auth_tombstone`);
    expect(kept).toEqual([{ day: true }, { day: true }]);
    await host.query('update social_auth_tombstone set expires_at = now()');
    expect((await host.signIn(person('ada'), 60)).isNewAccount).toBe(true);
  });

  it('leaves nothing of its person but the event of the deletion, without an address', async () => {
    const { account } = await host.signIn({ ...person('subject-of-ada'), name: 'Ada Lovelace' });
    const other = await host.signIn(person('ben'));
    const actorId = other.account.id;
    await host.accounts.disableAccount(account.id, { client: CLIENT, actorId });
    await host.accounts.deleteAccount(account.id, { client: CLIENT, actorId });
    expect(await host.query(`select * from social_auth_event where account_id = $1`, [account.id])).toEqual([
      expect.objectContaining({
        type: 'account_deleted',
        actor_id: actorId,
        client_address: null,
        user_agent: null,
        details: null,
      }),
    ]);
    for (const table of ['account', 'identity', 'token', 'event', 'tombstone', 'link_ticket', 'revocation']) {
      const text = JSON.stringify(await host.query(`select t::text as row from social_auth_${table} t`));
      expect([table, text]).not.toEqual([table, expect.stringMatching(/subject-of-ada|lovelace/i)]);
      if (!['event', 'revocation'].includes(table))
        expect([table, text]).not.toEqual([table, expect.stringContaining(account.id)]);
    }
    expect(await host.query('select type from social_auth_event where account_id = $1', [actorId])).not.toEqual([]);
  });

  it('M9 is not deleted by its owner with a token that has ended since the guard let it in', async () => {
    const signedIn = await host.signIn(person('ada'));
    const principal = await host.principalOf(signedIn);
    await host.accounts.disableAccount(signedIn.account.id);
    await expect(host.accounts.deleteOwnAccount(principal)).rejects.toMatchObject({ code: 'invalid_token' });
    expect([await host.count('account'), await host.count('tombstone')]).toEqual([1, 0]);
  });

  it('leaves everything as it was when the host’s hook fails', async () => {
    const failing = await createTestDatabase();
    const stubborn = await AccountsHost.start(failing.url, {
      onAccountDeleted: () => Promise.reject(new Error('not now')),
    });
    try {
      const before = await stubborn.signIn(person('ada'));
      await expect(stubborn.accounts.deleteAccount(before.account.id)).rejects.toThrow('not now');
      expect([await stubborn.count('tombstone'), await stubborn.accepts(before)]).toEqual([0, true]);
      expect((await stubborn.signIn(person('ada'), 60)).account.id).toBe(before.account.id);
    } finally {
      await stubborn.stop();
      await failing.stop();
    }
  });
});

describe('a tombstone', () => {
  const [former, current] = ['k1', 'k2'].map((id) => ({ id, key: Buffer.alloc(32, id) }));

  it('M9 is recognised after the HMAC key was exchanged, as long as the former one is live', async () => {
    const database = await createTestDatabase();
    const withKeys = (hmacKeys: { id: string; key: Buffer }[]): Promise<AccountsHost> =>
      AccountsHost.start(database.url, { tokens: { hmacKeys } });
    try {
      const before = await withKeys([former!]);
      await before.accounts.deleteAccount((await before.signIn(person('ada'))).account.id);
      await before.stop();
      const after = await withKeys([current!, former!]);
      await expect(after.signIn(person('ada'), 60)).rejects.toMatchObject({ code: 'provider_token_too_old' });
      await after.stop();
    } finally {
      await database.stop();
    }
  });
});
