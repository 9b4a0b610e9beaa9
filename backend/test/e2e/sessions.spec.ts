import { AccountClient } from '../support/account-client';
import { startTestApp, type TestApp } from '../support/test-app';
import { FRONTEND_SECRET } from '../support/test-environment';

const UNKNOWN_ID = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';

describe('the sessions of an account', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));
  afterAll(() => server?.stop());

  const signIn = (person?: string): Promise<AccountClient> => AccountClient.of(server, person);

  it('are listed newest first, with all that is known of them and the current one marked', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    const headers = {
      'x-frontend-secret': FRONTEND_SECRET,
      'x-client-address': '203.0.113.7',
      'x-client-user-agent': 'Firefox of the visitor',
    };
    await server.api('/auth/google', { json: { id_token: idToken }, headers });
    const ada = await signIn();
    const answer = await ada.get('/auth/sessions');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [second, first, ...none] = await ada.sessions();
    expect(none).toEqual([]);
    expect(second).toMatchObject({ current: true, client_address: '127.0.0.1' });
    expect(first).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      kind: 'sign_in',
      name: null,
      provider: 'google',
      platform: 'web',
      scopes: null,
      client_address: '203.0.113.7',
      user_agent: 'Firefox of the visitor',
      created_at: expect.stringMatching(/Z$/) as string,
      last_used_at: null,
      expires_at: expect.stringMatching(/Z$/) as string,
      current: false,
    });
    expect(Date.parse(first!.expires_at) - Date.parse(first!.created_at)).toBe(86_400_000);
  });

  it('T3 T4 show no token, no digest and no other account', async () => {
    const [ada, sam] = [await signIn('ada'), await signIn('sam')];
    const personal = await ada.makePersonalToken();
    const { text } = await ada.get('/auth/sessions');
    expect(text).not.toContain(ada.token);
    expect(text).not.toContain(personal.token);
    expect(text).not.toMatch(/nte_|digest|key_id|email/);
    const ids = (await ada.sessions()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).not.toContain((await sam.currentSession()).id);
  });

  it('T6 end one by one, at once, also the one that asks', async () => {
    const [ada, phone] = [await signIn(), await signIn()];
    const { id } = await phone.currentSession();
    const answer = await ada.delete(`/auth/sessions/${id}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await phone.state()).toEqual([401, 'invalid_token']);
    expect(await ada.sessions()).toHaveLength(1);
    // It is still theirs: ending it again changes nothing.
    expect((await ada.delete(`/auth/sessions/${id}`)).status).toBe(204);
    expect((await ada.delete(`/auth/sessions/${(await ada.currentSession()).id}`)).status).toBe(204);
    expect(await ada.state()).toEqual([401, 'invalid_token']);
  });

  it('T6 end but for the one that asks', async () => {
    const [ada, phone, sam] = [await signIn(), await signIn(), await signIn('sam')];
    const program = new AccountClient(server, (await ada.makePersonalToken()).token);
    expect(await program.state()).toEqual([200, undefined]);
    expect((await ada.delete('/auth/sessions/others')).status).toBe(204);
    expect(await ada.state()).toEqual([200, undefined]);
    expect(await sam.state()).toEqual([200, undefined]);
    for (const other of [phone, program]) expect(await other.state()).toEqual([401, 'invalid_token']);
  });

  it('T6 end all together', async () => {
    const [ada, phone, sam] = [await signIn(), await signIn(), await signIn('sam')];
    const program = new AccountClient(server, (await ada.makePersonalToken()).token);
    expect((await ada.delete('/auth/sessions')).status).toBe(204);
    for (const ended of [ada, phone, program]) expect(await ended.state()).toEqual([401, 'invalid_token']);
    expect(await sam.state()).toEqual([200, undefined]);
  });

  it('of somebody else cannot be ended, and are answered as those that do not exist', async () => {
    const [ada, sam] = [await signIn('ada'), await signIn('sam')];
    const foreign = (await sam.currentSession()).id;
    const answers = [];
    for (const id of [foreign, foreign.toUpperCase(), UNKNOWN_ID])
      answers.push(await ada.delete(`/auth/sessions/${id}`));
    for (const answer of answers) expect([answer.status, answer.text]).toEqual([404, answers.at(-1)!.text]);
    expect(await sam.state()).toEqual([200, undefined]);
    expect((await sam.events()).map(({ type }) => type)).not.toContain('token_revoked');
  });

  it.each(['1', 'me', 'other', "'", '%00', '%2e%2e', `${UNKNOWN_ID}0`, `{${UNKNOWN_ID}}`, encodeURIComponent('🙂')])(
    'G5 are not found under the id %s',
    async (id) => {
      const ada = await signIn();
      expect((await ada.delete(`/auth/sessions/${id}`)).status).toBe(404);
      expect(await ada.state()).toEqual([200, undefined]);
    },
  );

  it('that have expired or lain idle are not listed', async () => {
    const [ada, expired, idle] = [await signIn(), await signIn(), await signIn()];
    const change = async (client: AccountClient, what: string): Promise<unknown> => {
      const { id } = await client.currentSession();
      return server.dataSource.query(`update social_auth_token set ${what} where id = $1`, [id]);
    };
    await change(expired, 'expires_at = now()');
    await change(idle, "created_at = now() - interval '61 s', idle_seconds = 60");
    expect(await ada.sessions()).toEqual([expect.objectContaining({ current: true })]);
  });

  it('that were rotated are listed as their successors, to whoever still holds the old token as well', async () => {
    const before = await signIn();
    const after = await before.rotate();
    for (const ada of [after, before]) {
      expect(await ada.sessions()).toEqual([expect.objectContaining({ current: true, kind: 'sign_in' })]);
    }
  });

  it('leave what was done to them in the log', async () => {
    const ada = await signIn();
    const phone = await (await signIn()).currentSession();
    await ada.delete(`/auth/sessions/${phone.id}`);
    await signIn();
    await ada.delete('/auth/sessions/others');
    const [others, , one] = await ada.events();
    expect(others).toMatchObject({ type: 'all_tokens_revoked', details: { ended: 1, kept: true } });
    expect(one).toMatchObject({ type: 'token_revoked', token_id: phone.id, client_address: '127.0.0.1' });
  });
});
