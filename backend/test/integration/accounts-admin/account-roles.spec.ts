import { AccountsHost, CLIENT, person } from './accounts-host';

describe('the roles of an account', () => {
  let host: AccountsHost;

  beforeAll(async () => {
    const adminIdentities = [{ provider: 'google', subject: 'root' }];
    host = await AccountsHost.alone({ accounts: { adminIdentities } });
  }, 60_000);
  beforeEach(() => host.empty());
  afterAll(() => host?.stop());

  const rolesOf = async (id: string): Promise<unknown> => {
    const [row] = await host.query<{ roles: string[] }>('select roles from social_auth_account where id = $1', [id]);
    return row?.roles;
  };

  it('are replaced, each kept once and in order, and logged with those before', async () => {
    const { account } = await host.signIn(person('ada'));
    await host.accounts.setRoles(account.id, ['support', 'admin', 'support']);
    await host.accounts.setRoles(account.id, ['admin', 'support']);
    await host.accounts.setRoles(account.id, []);
    expect(await rolesOf(account.id)).toEqual([]);
    expect(await host.events()).toEqual([
      expect.objectContaining({ type: 'roles_changed', details: { roles: ['admin', 'support'], former: [] } }),
      expect.objectContaining({ type: 'roles_changed', details: { roles: [], former: ['admin', 'support'] } }),
    ]);
  });

  it('are told to the feed when they change', async () => {
    const { account } = await host.signIn(person('ada'));
    await host.query('truncate social_auth_revocation');
    await host.accounts.setRoles(account.id, ['support']);
    expect(await host.query('select account_id from social_auth_revocation')).toEqual([{ account_id: account.id }]);
  });

  it('are refused with names that are none', async () => {
    const { account } = await host.signIn(person('ada'));
    const attempt = host.accounts.setRoles(account.id, ['two words']);
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await rolesOf(account.id)).toEqual([]);
  });

  it('let administrators change their other roles, and not give up that one', async () => {
    const { account } = await host.signIn(person('root'));
    const context = { actorId: account.id };
    await host.accounts.setRoles(account.id, ['admin', 'support'], context);
    await expect(host.accounts.setRoles(account.id, ['support'], context)).rejects.toMatchObject({
      code: 'invalid_request',
      response: { detail: 'You cannot take the role "admin" from yourself: ask another administrator.' },
    });
    expect(await rolesOf(account.id)).toEqual(['admin', 'support']);
  });

  it('make or end an administrator only at the word of one who still is', async () => {
    const [ada, former] = [await host.signIn(person('ada')), await host.signIn(person('former'))];
    const context = { actorId: former.account.id };
    const attempts = [host.accounts.setRoles(ada.account.id, ['admin'], context)];
    attempts.push(host.accounts.setRoles(former.account.id, ['admin'], context));
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'role_required' });
    // Other roles are the host's to give, by whomever.
    await host.accounts.setRoles(ada.account.id, ['support'], context);
    await host.accounts.setRoles(former.account.id, ['admin']);
    await host.accounts.setRoles(ada.account.id, ['admin'], context);
    expect([await rolesOf(ada.account.id), await rolesOf(former.account.id)]).toEqual([['admin'], ['admin']]);
  });

  describe('of a listed identity', () => {
    it('gain admin at the first sign-in, in its transaction', async () => {
      const { account, issued } = await host.signIn(person('root'));
      expect([account.roles, await rolesOf(account.id)]).toEqual([['admin'], ['admin']]);
      expect(await host.events()).toEqual([
        expect.objectContaining({
          type: 'roles_changed',
          account_id: account.id,
          actor_id: null,
          client_address: CLIENT.address,
          details: { roles: ['admin'], former: [], listed: true },
        }),
      ]);
      expect(issued.token).toBeDefined();
    });

    it('gain it again at a later sign-in, beside the others, and it is logged only then', async () => {
      const { account } = await host.signIn(person('root'));
      await host.accounts.setRoles(account.id, ['support']);
      await host.signIn(person('root'));
      await host.signIn(person('root'));
      expect(await rolesOf(account.id)).toEqual(['admin', 'support']);
      expect((await host.events()).map(({ type }) => type)).toEqual(Array(3).fill('roles_changed'));
    });

    it.each([
      ['of another provider', { ...person('root', 'auth0'), email: 'else@example.com' }],
      ['with another subject', { ...person('Root') }],
      ['with the subject as its address', { ...person('x'), email: 'root' }],
    ])('are not those of somebody %s', async (_name, identity) => {
      const { account } = await host.signIn(identity);
      expect([account.roles, await rolesOf(account.id)]).toEqual([[], []]);
    });
  });
});
