import { AccountClient } from '../support/account-client';
import { concrete, routesOf, startAndListRoutes } from '../support/app-routes';
import type { TestApp } from '../support/test-app';

const ALL_SCOPES = ['account:read', 'notes:read', 'notes:write'];

describe('a personal token', () => {
  let server: TestApp;
  let routes: string[];
  beforeAll(async () => {
    ({ server, routes } = await startAndListRoutes({ DOCS: 'true' }));
  }, 60_000);
  beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));
  afterAll(() => server?.stop());

  const signIn = (): Promise<AccountClient> => AccountClient.of(server);
  const program = (token: string): AccountClient => new AccountClient(server, token);

  it('T4 is made by its owner and shown once', async () => {
    const ada = await signIn();
    const answer = await ada.post('/auth/tokens', { name: 'Backup 💾', scopes: ['account:read'], expires_in: 3_600 });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'Backup 💾',
      scopes: ['account:read'],
      token: expect.stringMatching(/^nte_[0-9A-Za-z]{49}$/) as string,
      token_type: 'Bearer',
      expires_at: expect.stringMatching(/Z$/) as string,
      expires_in: 3_600,
    });
    const listed = (await ada.sessions()).find(({ kind }) => kind === 'personal');
    expect(listed).toMatchObject({ id: answer.body.id, name: 'Backup 💾', scopes: ['account:read'], current: false });
    expect((await ada.events())[0]).toMatchObject({ type: 'token_issued', token_id: answer.body.id });
  });

  it('lives for thirty days unless it is said', async () => {
    expect((await (await signIn()).makePersonalToken()).expires_in).toBe(30 * 86_400);
  });

  it('opens what names its scopes, and no more', async () => {
    const ada = await signIn();
    const { token } = await ada.makePersonalToken({ scopes: ['notes:read'] });
    expect((await program(token).get('/notes')).status).toBe(200);
    const refused = await program(token).post('/notes', { text: 'x' });
    expect([refused.status, refused.body.code]).toEqual([403, 'insufficient_scope']);
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="notes:write"',
    );
    expect((await program(token).get('/accounts/me')).status).toBe(403);
  });

  it('with every scope there is reaches these routes and no others', async () => {
    const { token } = await (await signIn()).makePersonalToken({ scopes: ALL_SCOPES });
    const reached: string[] = [];
    for (const route of routes) {
      const { method, path } = concrete(route);
      const { status, body } = await server.api(path, { method, token });
      if (status !== 403) reached.push(route);
      else expect([route, body.code]).toEqual([route, 'insufficient_scope']);
    }
    expect(reached).toEqual(routesOf('public', 'scope'));
    // It went through all of that unharmed.
    expect(await program(token).state()).toEqual([200, undefined]);
  });

  it('T6 ends when its owner ends it, and with all others', async () => {
    const ada = await signIn();
    const [one, two] = [await ada.makePersonalToken(), await ada.makePersonalToken()];
    expect((await ada.delete(`/auth/sessions/${one.id}`)).status).toBe(204);
    expect(await program(one.token).state()).toEqual([401, 'invalid_token']);
    expect(await program(two.token).state()).toEqual([200, undefined]);
    await ada.post('/auth/logout-all');
    expect(await program(two.token).state()).toEqual([401, 'invalid_token']);
  });

  it('outlives the session that made it', async () => {
    const ada = await signIn();
    const { token } = await ada.makePersonalToken();
    await ada.post('/auth/logout');
    expect(await program(token).state()).toEqual([200, undefined]);
  });

  it.each<[string, object, string]>([
    ['unknown to the server', { scopes: ['everything'] }, 'invalid_scope'],
    ['partly unknown', { scopes: ['account:read', 'admin'] }, 'invalid_scope'],
    ['of another spelling', { scopes: ['Account:read'] }, 'invalid_scope'],
    ['two in one', { scopes: ['account:read notes:read'] }, 'invalid_scope'],
    ['of a prototype', { scopes: ['constructor'] }, 'invalid_scope'],
    ['empty', { scopes: [''] }, 'invalid_scope'],
  ])('is not given scopes that are %s', async (_name, wish, code) => {
    const answer = await (await signIn()).post('/auth/tokens', { name: 'x', ...wish });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(answer.text).not.toContain('everything');
  });

  it.each<[string, unknown]>([
    ['name', undefined],
    ['name', null],
    ['name', ''],
    ['name', 7],
    ['name', ['x']],
    ['name', 'x'.repeat(101)],
    ['name', '️'.repeat(101)],
    ['name', 'line\nbreak'],
    ['name', 'nul\0'],
    ['name', 'escape\u001b[31m'],
    ['name', 'c1\u0085'],
    ['name', 'half \ud83d'],
    ['name', '\udcbe half'],
    ['scopes', undefined],
    ['scopes', []],
    ['scopes', 'account:read'],
    ['scopes', [7]],
    ['scopes', ['account:read', 'account:read']],
    ['scopes', Array.from({ length: 101 }, (_, index) => `scope-${index}`)],
    ['expires_in', 0],
    ['expires_in', -1],
    ['expires_in', 1.5],
    ['expires_in', '3600'],
    ['expires_in', 31_536_001],
    ['expires_in', 1e300],
    ['expires_in', true],
  ])('is not made with the %s %j, and the answer says which field it is', async (field, value) => {
    const ada = await signIn();
    const wish = { name: 'x', scopes: ['account:read'], [field]: value };
    const answer = await ada.post('/auth/tokens', wish);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.detail).toContain(field);
    expect(await ada.sessions()).toHaveLength(1);
  });

  it.each(['x'.repeat(100), '💾'.repeat(100), "Robert'); drop table", '‏שלום', '<b>'])(
    'may be called %s',
    async (name) => expect((await (await signIn()).makePersonalToken({ name })).name).toBe(name),
  );

  it('M10 is nothing else that the body might say', async () => {
    const ada = await signIn();
    for (const more of [{ kind: 'sign_in' }, { account_id: 'x' }, { roles: ['admin'] }, { __proto__x: 1 }]) {
      const answer = await ada.post('/auth/tokens', { name: 'x', scopes: ['account:read'], ...more });
      expect([more, answer.status, answer.body.code]).toEqual([more, 400, 'invalid_request']);
    }
  });

  it('T9 is refused when there are as many as there may be', async () => {
    const ada = await signIn();
    for (let made = 0; made < 50; made += 1) await ada.makePersonalToken({ name: String(made) });
    const answer = await ada.post('/auth/tokens', { name: 'one more', scopes: ['account:read'] });
    expect([answer.status, answer.body.code]).toEqual([409, 'token_limit_reached']);
    const [oldest] = (await ada.sessions()).filter(({ name }) => name === '0');
    await ada.delete(`/auth/sessions/${oldest!.id}`);
    expect((await ada.post('/auth/tokens', { name: 'one more', scopes: ['account:read'] })).status).toBe(201);
  });
});
