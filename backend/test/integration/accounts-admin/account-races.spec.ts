import { setTimeout as sleep } from 'node:timers/promises';
import { AccountDisabledError } from '../../../src/social-auth';
import { SignInRefusals } from '../../../src/social-auth/endpoints/sign-in/sign-in-refusals';
import { describeOnPostgres } from '../../support/describe-on-server';
import type { TemporaryDatabase } from '../../support/postgres-server';
import { AccountsHost, CLIENT, person } from './accounts-host';

/** What may come of a request that loses a race. */
const CODES = ['provider_token_too_old', 'account_disabled', 'role_required', 'not_found', 'invalid_token'];

describeOnPostgres('changes of accounts under concurrency', (server) => {
  let temporary: TemporaryDatabase;
  let host: AccountsHost;

  beforeAll(async () => {
    temporary = await server().createDatabase();
    host = await AccountsHost.start(temporary.url);
  }, 60_000);
  beforeEach(() => host.empty());
  afterAll(async () => {
    await host?.stop();
    await temporary?.drop();
  });

  /** Runs everything at once and yields the codes of what was refused; an error that has none fails the test. */
  async function atOnce(work: Promise<unknown>[]): Promise<string[]> {
    const results = await Promise.allSettled(work);
    return results.flatMap((result) => {
      if (result.status === 'fulfilled') return [];
      const { code } = result.reason as { code?: string };
      expect(CODES).toContain(code);
      return [code!];
    });
  }

  const tokensOfNobody = (): Promise<object[]> =>
    host.query(`select 1 from social_auth_token t where revoked_at is null and not exists (
      select 1 from social_auth_account a where a.id = t.account_id and a.disabled_at is null)`);

  it('M9 signs in before a deletion or is refused after it, and leaves no token of a deleted account', async () => {
    let refused = 0;
    for (let round = 0; round < 20; round += 1) {
      const { account } = await host.signIn(person('ada'), 1);
      const before = host.signIn(person('ada'), 1);
      const deletion = host.accounts.deleteAccount(account.id);
      // A little later each time, so that both orders come about on any machine.
      const after = (round % 4 === 3 ? deletion : sleep(round)).then(() => host.signIn(person('ada'), 1));
      const codes = await atOnce([before, deletion, after]);
      expect(new Set([...codes, 'provider_token_too_old'])).toEqual(new Set(['provider_token_too_old']));
      refused += codes.length;
      expect([await host.count('account'), await host.count('identity'), await host.count('token')]).toEqual([0, 0, 0]);
      const kept = await host.query<{ type: string }>('select type from social_auth_event');
      expect(kept).toEqual([{ type: 'account_deleted' }]);
      await host.empty();
    }
    // Both orders have been seen: otherwise this test shows nothing.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(40);
  });

  it('M9 counts the moment at which an account is gone, not that at which its deletion began to wait', async () => {
    const { account } = await host.signIn(person('ada'), 60);
    const release = await host.hold('select from social_auth_account for update');
    const deletion = host.accounts.deleteAccount(account.id);
    // Into the next second, in which the provider's token is issued.
    await sleep(1_100);
    const meanwhile = host.credential(person('ada'));
    await release();
    await deletion;
    await expect(host.accounts.signIn(meanwhile, CLIENT)).rejects.toMatchObject({ code: 'provider_token_too_old' });
  });

  it('M9 makes at most one new account of sign-ins after a deletion, whatever the order', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { account } = await host.signIn(person('ada'), 60);
      // Tokens that are issued a moment after the deletion, by a clock that is ahead.
      const later = Array.from({ length: 5 }, () => host.signIn(person('ada'), -30));
      expect(await atOnce([host.accounts.deleteAccount(account.id), ...later])).toEqual([]);
      expect(await host.count('account')).toBeLessThanOrEqual(1);
      expect(await host.count('identity')).toBe(await host.count('account'));
      expect(await tokensOfNobody()).toEqual([]);
      await host.empty();
    }
  });

  it('M9 leaves no record of an export or a refused sign-in in the log of an account that is deleted meanwhile', async () => {
    const refusals = host.get(SignInRefusals);
    for (let round = 0; round < 30; round += 1) {
      const { account } = await host.signIn(person('ada'), 1);
      const failed = { provider: 'google', kind: 'id_token', credential: host.credential(person('ada')) } as const;
      const refuse = (): Promise<void> => refusals.record({ ...failed, client: CLIENT }, new AccountDisabledError());
      const exportIt = (): Promise<unknown> => host.accounts.exportAccount(account.id, { client: CLIENT });
      await atOnce([exportIt(), refuse(), refuse(), host.accounts.deleteAccount(account.id), refuse(), exportIt()]);
      const kept = await host.query('select type from social_auth_event where account_id = $1', [account.id]);
      expect(kept).toEqual([{ type: 'account_deleted' }]);
      await host.empty();
    }
  });

  it('M9 leaves no living token of an account that is disabled while it signs in', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { account } = await host.signIn(person('ada'));
      const signIns = Array.from({ length: 4 }, () => host.signIn(person('ada')));
      const codes = await atOnce([...signIns, host.accounts.disableAccount(account.id)]);
      expect(codes.every((code) => code === 'account_disabled')).toBe(true);
      expect(await tokensOfNobody()).toEqual([]);
      await host.accounts.enableAccount(account.id);
    }
  });

  it('leaves one administrator of two who disable, or demote, each other at once', async () => {
    const [one, other] = [await host.signIn(person('one')), await host.signIn(person('other'))];
    const ids = [one.account.id, other.account.id] as const;
    for (let round = 0; round < 20; round += 1) {
      for (const id of ids) {
        await host.accounts.enableAccount(id);
        await host.accounts.setRoles(id, ['admin']);
      }
      const change = (target: string, actorId: string): Promise<void> =>
        round % 2 === 0
          ? host.accounts.disableAccount(target, { actorId })
          : host.accounts.setRoles(target, [], { actorId });
      expect(await atOnce([change(ids[0], ids[1]), change(ids[1], ids[0])])).toEqual(['role_required']);
      const left = await host.query(
        `select 1 from social_auth_account where disabled_at is null and 'admin' = any(roles)`,
      );
      expect(left).toHaveLength(1);
    }
  });

  it('meets no deadlock when everything is done to an account and its administrator at once', async () => {
    for (let round = 0; round < 15; round += 1) {
      const [ada, admin] = [await host.signIn(person('ada'), 1), await host.signIn(person('root'))];
      await host.accounts.setRoles(admin.account.id, ['admin']);
      const by = { actorId: admin.account.id };
      const { id } = ada.account;
      await atOnce([
        host.signIn(person('ada'), 1),
        host.accounts.disableAccount(id, by),
        host.accounts.setRoles(id, ['support'], by),
        host.accounts.releaseEmail(id, by),
        host.accounts.revokeAllTokens(id, by),
        host.accounts.exportAccount(id),
        host.accounts.setRoles(admin.account.id, ['admin', 'support'], { actorId: id }),
        host.accounts.deleteAccount(id, by),
        host.signIn(person('root')),
      ]);
      expect(await tokensOfNobody()).toEqual([]);
      await host.empty();
    }
  });
});
