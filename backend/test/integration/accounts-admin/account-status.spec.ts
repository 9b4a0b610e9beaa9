import { AccountsHost, CLIENT, person } from './accounts-host';

const NOBODY = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';

describe('disabling and enabling an account', () => {
  let host: AccountsHost;

  beforeAll(async () => {
    host = await AccountsHost.alone();
  }, 60_000);
  beforeEach(() => host.empty());
  afterAll(() => host?.stop());

  it('M9 refuses sign-ins and ends every token at once, of this account alone', async () => {
    const [first, second] = [await host.signIn(person('ada')), await host.signIn(person('ada'))];
    const other = await host.signIn(person('ben'));
    await host.accounts.disableAccount(first.account.id);
    expect([await host.accepts(first), await host.accepts(second), await host.accepts(other)]).toEqual([
      false,
      false,
      true,
    ]);
    await expect(host.signIn(person('ada'))).rejects.toMatchObject({ code: 'account_disabled' });
    expect((await host.signIn(person('ben'))).account.id).toBe(other.account.id);
  });

  it('M9 brings no token back to life with the account', async () => {
    const before = await host.signIn(person('ada'));
    await host.accounts.disableAccount(before.account.id);
    await host.accounts.enableAccount(before.account.id);
    expect(await host.accepts(before)).toBe(false);
    const after = await host.signIn(person('ada'));
    expect([after.account.id, await host.accepts(after)]).toEqual([before.account.id, true]);
  });

  it('M9 brings none back after a statement of an operator either', async () => {
    const before = await host.signIn(person('ada'));
    await host.query('update social_auth_account set disabled_at = now()');
    expect(await host.accepts(before)).toBe(false);
    await host.accounts.enableAccount(before.account.id);
    expect(await host.accepts(before)).toBe(false);
  });

  it('is logged with who did it and from where, once', async () => {
    const [ada, admin] = [await host.signIn(person('ada')), await host.signIn(person('root'))];
    const context = { client: CLIENT, actorId: admin.account.id };
    await host.accounts.disableAccount(ada.account.id, context);
    await host.accounts.disableAccount(ada.account.id, context);
    await host.accounts.enableAccount(ada.account.id, context);
    await host.accounts.enableAccount(ada.account.id, context);
    const common = { account_id: ada.account.id, actor_id: admin.account.id, client_address: '192.0.2.7' };
    expect(await host.events()).toEqual([
      expect.objectContaining({ ...common, type: 'account_disabled', details: { ended: 1 } }),
      expect.objectContaining({ ...common, type: 'account_enabled', details: { ended: 0 } }),
    ]);
  });

  it('is told to the feed of what was ended', async () => {
    const { account, issued } = await host.signIn(person('ada'));
    await host.query('truncate social_auth_revocation');
    await host.accounts.disableAccount(account.id);
    expect(await host.query('select token_id, account_id from social_auth_revocation order by id')).toEqual([
      { token_id: issued.id, account_id: null },
      // For the bearer tokens of its providers, and for the account itself.
      { token_id: null, account_id: account.id },
      { token_id: null, account_id: account.id },
    ]);
  });

  it.each([
    ['that nobody has', NOBODY],
    ['that is no UUID', 'x'],
  ])('answers not_found for an id %s', async (_name, id) => {
    await expect(host.accounts.disableAccount(id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(host.accounts.enableAccount(id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(host.accounts.releaseEmail(id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(host.accounts.setRoles(id, [])).rejects.toMatchObject({ code: 'not_found' });
    await expect(host.accounts.deleteAccount(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not for an administrator to do to themselves, however they write their id', async () => {
    const admin = await host.signIn(person('root'));
    await host.accounts.setRoles(admin.account.id, ['admin']);
    for (const id of [admin.account.id, admin.account.id.toUpperCase()]) {
      const attempt = host.accounts.disableAccount(id, { actorId: admin.account.id });
      await expect(attempt).rejects.toMatchObject({
        code: 'invalid_request',
        response: { detail: 'You cannot disable yourself: ask another administrator.' },
      });
    }
    expect(await host.accepts(admin)).toBe(true);
  });

  it('takes an administrator out of use only at the word of one who still is', async () => {
    const [one, other] = [await host.signIn(person('one')), await host.signIn(person('other'))];
    for (const { account } of [one, other]) await host.accounts.setRoles(account.id, ['admin']);
    await host.accounts.disableAccount(other.account.id, { actorId: one.account.id });
    // The request of the other one was let in before that.
    const late = host.accounts.disableAccount(one.account.id, { actorId: other.account.id });
    await expect(late).rejects.toMatchObject({ code: 'role_required' });
    const byGhost = host.accounts.disableAccount(one.account.id, { actorId: NOBODY });
    await expect(byGhost).rejects.toMatchObject({ code: 'role_required' });
  });
});
