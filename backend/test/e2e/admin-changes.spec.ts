import { AccountClient } from '../support/account-client';
import { Administrator, startAdministeredApp } from '../support/administrator';
import type { SignInBody, TestApp } from '../support/test-app';

const UNKNOWN_ID = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';

interface Event {
  type: string;
  actor_id: string | null;
  token_id: string | null;
  client_address: string | null;
  details: object | null;
}

describe('what an administrator changes', () => {
  let server: TestApp;
  let admin: Administrator;
  let body: SignInBody;
  let ben: AccountClient;
  let path: string;

  beforeAll(async () => {
    server = await startAdministeredApp();
  }, 60_000);
  beforeEach(async () => {
    await server.dataSource.query('truncate social_auth_account, social_auth_event cascade');
    admin = await Administrator.of(server);
    body = await server.signIn('google', 'ben');
    ben = new AccountClient(server, body.token);
    path = `/accounts/${body.account.id}`;
  });
  afterAll(() => server?.stop());

  const events = async (): Promise<Event[]> => {
    const all = (await admin.read<Event>(`${path}/events`)).events;
    return all.filter(({ type }) => !['signed_in', 'account_created'].includes(type));
  };

  it('M9 is that an account is disabled: its sign-in is refused and all its tokens die at once', async () => {
    const second = await AccountClient.of(server, 'ben');
    const personal = await ben.makePersonalToken();
    await admin.change('POST', `${path}/disable`);
    for (const client of [ben, second, new AccountClient(server, personal.token)]) {
      expect(await client.state()).toEqual([401, 'invalid_token']);
    }
    const attempt = await server.postIdToken('google', 'ben');
    expect([attempt.status, attempt.body.code]).toEqual([403, 'account_disabled']);
    expect((await admin.account(body.account.id)).disabled_at).toMatch(/Z$/);
    expect((await admin.read('/accounts?status=disabled')).accounts.map(({ id }) => id)).toEqual([body.account.id]);
    expect((await events())[0]).toMatchObject({ type: 'sign_in_refused', actor_id: null });
    expect((await events())[1]).toMatchObject({
      type: 'account_disabled',
      actor_id: admin.id,
      client_address: '127.0.0.1',
      details: { ended: 3 },
    });
  });

  it('M9 is that it is enabled again, and no token from before lives', async () => {
    await admin.change('POST', `${path}/disable`);
    await admin.change('POST', `${path}/enable`);
    expect(await ben.state()).toEqual([401, 'invalid_token']);
    const again = await AccountClient.of(server, 'ben');
    expect(await again.state()).toEqual([200, undefined]);
    const [enabled, disabled] = (await again.events()).filter(({ type }) => type.startsWith('account_'));
    expect([enabled, disabled]).toEqual([
      expect.objectContaining({ type: 'account_enabled', by_administrator: true }),
      expect.objectContaining({ type: 'account_disabled', by_administrator: true }),
    ]);
    expect(JSON.stringify([enabled, disabled])).not.toContain(admin.id);
  });

  it('is that one of its sessions ends, or every one', async () => {
    const second = await AccountClient.of(server, 'ben');
    const { id } = await second.currentSession();
    await admin.change('DELETE', `${path}/sessions/${id}`);
    expect([await second.state(), await ben.state()]).toEqual([
      [401, 'invalid_token'],
      [200, undefined],
    ]);
    await admin.change('DELETE', `${path}/sessions`);
    expect(await ben.state()).toEqual([401, 'invalid_token']);
    expect(await admin.client.state()).toEqual([200, undefined]);
    expect(await events()).toEqual([
      expect.objectContaining({ type: 'all_tokens_revoked', actor_id: admin.id }),
      expect.objectContaining({ type: 'token_revoked', actor_id: admin.id, token_id: id }),
    ]);
  });

  it('is not a session of another account', async () => {
    const { id } = await admin.client.currentSession();
    const { status, body: problem } = await admin.ask('DELETE', `${path}/sessions/${id}`);
    expect([status, problem.code]).toEqual([404, 'not_found']);
    expect(await admin.client.state()).toEqual([200, undefined]);
  });

  it('are its roles, which count from the next request on, both ways', async () => {
    await admin.change('PUT', `${path}/roles`, { roles: ['admin'] });
    expect((await ben.get('/admin/accounts')).status).toBe(200);
    expect((await ben.get('/accounts/me')).text).toContain('"roles":["admin"]');
    await admin.change('PUT', `${path}/roles`, { roles: [] });
    expect((await ben.get('/admin/accounts')).body.code).toBe('role_required');
    expect((await ben.events()).slice(0, 2)).toEqual([
      expect.objectContaining({
        type: 'roles_changed',
        by_administrator: true,
        details: { roles: [], former: ['admin'] },
      }),
      expect.objectContaining({
        type: 'roles_changed',
        by_administrator: true,
        details: { roles: ['admin'], former: [] },
      }),
    ]);
  });

  it.each([
    ['without roles', {}],
    ['with one that is no name', { roles: ['two words'] }],
    ['with one that is no text', { roles: [1] }],
    ['with a text', { roles: 'admin' }],
    ['with null', { roles: null }],
    ['with 33', { roles: Array.from({ length: 33 }, (_, index) => `r${index}`) }],
    ['with more', { roles: [], name: 'Ada' }],
    ['that is a list', ['admin']],
  ])('M10 are not roles %s', async (_name, json) => {
    const { status, body: problem } = await admin.ask('PUT', `${path}/roles`, json);
    expect([status, problem.code]).toEqual([400, 'invalid_request']);
    expect((await admin.account(body.account.id)).roles).toEqual([]);
  });

  it('is not that they lock themselves out', async () => {
    const own = `/accounts/${admin.id}`;
    const disabling = await admin.ask('POST', `${own}/disable`);
    expect([disabling.status, disabling.body.code, disabling.body.detail]).toEqual([
      400,
      'invalid_request',
      'You cannot disable yourself: ask another administrator.',
    ]);
    const demotion = await admin.ask('PUT', `${own}/roles`, { roles: ['support'] });
    expect([demotion.status, demotion.body.detail]).toEqual([
      400,
      'You cannot take the role "admin" from yourself: ask another administrator.',
    ]);
    await admin.change('PUT', `${own}/roles`, { roles: ['admin', 'support'] });
    expect(await admin.client.state()).toEqual([200, undefined]);
  });

  it('is another administrator too', async () => {
    await admin.change('PUT', `${path}/roles`, { roles: ['admin'] });
    await admin.change('POST', `${path}/disable`);
    expect(await ben.state()).toEqual([401, 'invalid_token']);
  });

  it.each([UNKNOWN_ID, 'x', '%00'])('is nothing for the id %s', async (id) => {
    const calls = ['POST /disable', 'POST /enable', 'POST /release-email', 'DELETE /sessions', 'PUT /roles'];
    for (const call of [...calls, `DELETE /sessions/${UNKNOWN_ID}`]) {
      const [method = '', below = ''] = call.split(' ');
      const json = method === 'PUT' ? { roles: [] } : undefined;
      const answer = await admin.ask(method, `/accounts/${encodeURIComponent(id)}${below}`, json);
      expect([call, answer.status, answer.body.code]).toEqual([call, 404, 'not_found']);
    }
  });

  it('is nothing for those who are no administrators', async () => {
    const own = `/admin/accounts/${body.account.id}`;
    const calls = [ben.post(`${own}/enable`), ben.delete(`${own}/sessions`)];
    const roles = server.api(`${own}/roles`, { method: 'PUT', token: ben.token, json: { roles: ['admin'] } });
    for (const { status, body: problem } of await Promise.all([...calls, roles])) {
      expect([status, problem.code]).toEqual([403, 'role_required']);
    }
    expect((await admin.account(body.account.id)).roles).toEqual([]);
  });
});

describe('releasing an address', () => {
  let server: TestApp;
  let admin: Administrator;

  beforeAll(async () => {
    server = await startAdministeredApp();
    admin = await Administrator.of(server);
  }, 60_000);
  afterAll(() => server?.stop());

  it('M6 lets the person in who holds a recycled address now, and the former one keep the account without it', async () => {
    const email = 'recycled@example.com';
    const person = { name: 'Somebody', note: 'of the test', email, emailVerified: true };
    server.idp.google.addPerson({ ...person, key: 'former', subject: '9001' });
    server.idp.google.addPerson({ ...person, key: 'present', subject: '9002' });
    const former = await server.signIn('google', 'former');
    const refusal = await server.postIdToken('google', 'present');
    expect([refusal.status, refusal.body.code]).toEqual([409, 'email_in_use']);

    await admin.change('POST', `/accounts/${former.account.id}/release-email`);
    const released = await admin.account(former.account.id);
    expect(released).toMatchObject({ email: null, email_verified: false, identities: [{ email: null }] });

    const present = await server.signIn('google', 'present');
    expect([present.is_new_account, present.account.email, present.account.email_verified]).toEqual([
      true,
      email,
      true,
    ]);
    const again = await server.signIn('google', 'former');
    expect([again.account.id, again.account.email]).toEqual([former.account.id, null]);
    const { events } = await admin.read(`/accounts/${former.account.id}/events?type=email_released`);
    expect(events).toEqual([expect.objectContaining({ actor_id: admin.id, details: null })]);
  });

  it('does not come back with a sign-in whose token carries no address', async () => {
    const { account } = await server.signIn('auth0', 'wanda');
    await admin.change('POST', `/accounts/${account.id}/release-email`);
    const claims = { email: undefined, email_verified: undefined };
    const answer = await server.postIdToken('auth0', 'wanda', { claims });
    expect([answer.status, answer.body.account.id, answer.body.account.email]).toEqual([200, account.id, null]);
  });

  it('changes nothing where there is no address, and logs nothing', async () => {
    const { account } = await server.signIn('auth0', 'cleo');
    await admin.change('POST', `/accounts/${account.id}/release-email`);
    expect((await admin.read(`/accounts/${account.id}/events?type=email_released`)).events).toEqual([]);
  });
});
