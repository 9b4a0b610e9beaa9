import { persistently } from '../../support/persistently';
import { AccountsHost, CLIENT, person } from './accounts-host';

describe('the export of an account', () => {
  let host: AccountsHost;
  let hook: () => Promise<object>;

  beforeAll(async () => {
    host = await AccountsHost.alone({ onAccountExport: () => hook() });
  }, 60_000);
  beforeEach(async () => {
    hook = () => Promise.resolve({ kept: 'by the host' });
    await host.empty();
  });
  afterAll(() => host?.stop());

  it('holds what the host’s hook gives, and nothing that recognises a token', async () => {
    const { account, issued } = await host.signIn(person('ada'));
    const data = await host.accounts.exportAccount(account.id, { client: CLIENT });
    expect(data.application).toEqual({ kept: 'by the host' });
    const text = JSON.stringify(data);
    expect(text).not.toContain(issued.token);
    expect(text).not.toMatch(/digest|keyId/);
    expect(await host.events()).toEqual([
      expect.objectContaining({ type: 'data_exported', account_id: account.id, client_address: CLIENT.address }),
    ]);
  });

  it('names every column of a token but those that recognise it', async () => {
    const { account } = await host.signIn(person('ada'));
    const columns = await host.query<{ column_name: string }>(
      `select column_name from information_schema.columns where table_name = 'social_auth_token'`,
    );
    const { tokens } = await host.accounts.exportAccount(account.id);
    expect(Object.values(tokens[0]!).filter((value) => value !== undefined)).toHaveLength(columns.length - 2);
  });

  it('fails, and records nothing, when the hook fails or takes too long', async () => {
    const { account } = await host.signIn(person('ada'));
    hook = () => Promise.reject(new Error('not now'));
    await expect(host.accounts.exportAccount(account.id)).rejects.toThrow('not now');
    hook = () => new Promise(() => undefined);
    await expect(host.accounts.exportAccount(account.id)).rejects.toThrow('onAccountExport took longer than 1500 ms');
    expect(await host.events()).toEqual([]);
    // The connection was given back.
    hook = () => Promise.resolve({});
    expect((await host.accounts.exportAccount(account.id)).application).toEqual({});
  });

  it('tells the newest ten thousand events and tokens, within its time, and that there are more', async () => {
    const { account } = await host.signIn(person('ada'));
    await host.query(
      `insert into social_auth_event (id, account_id, type, client_address, user_agent)
       select gen_random_uuid(), $1, 'signed_in', '192.0.2.1', repeat('x', 200) from generate_series(1, 10000)`,
      [account.id],
    );
    // A busy machine may need more than one try to stay within its time.
    const exactly = await persistently(() => host.accounts.exportAccount(account.id));
    // With what the sign-in left there are two more.
    expect([exactly.events.length, exactly.truncated]).toEqual([10_000, true]);
    await host.query('delete from social_auth_event');
    await host.query(
      `insert into social_auth_token (id, account_id, digest, key_id, provider, client_address, user_agent, expires_at)
       select gen_random_uuid(), $1, sha256(n::text::bytea), 'k', 'google', '192.0.2.1', repeat('x', 200), now()
         from generate_series(1, 9999) n`,
      [account.id],
    );
    const full = await persistently(() => host.accounts.exportAccount(account.id));
    expect([full.tokens.length, full.truncated]).toEqual([10_000, false]);
  });

  it('answers not_found where there is no such account', async () => {
    for (const id of ['019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', 'x']) {
      await expect(host.accounts.exportAccount(id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
