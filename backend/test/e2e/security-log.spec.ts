import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { RefusalCounter } from '../../src/social-auth';
import { AccountClient, type EventBody } from '../support/account-client';
import { callApi, type ApiAnswer } from '../support/api-client';
import { startHostApp } from '../support/host-app';
import { startTestApp, type TestApp } from '../support/test-app';
import { createTestDatabase } from '../support/test-database';
import { FRONTEND_SECRET } from '../support/test-environment';

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

describe('the security log of an account', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  beforeEach(() => server.dataSource.query('truncate social_auth_account, social_auth_event cascade'));
  afterAll(() => server?.stop());

  const signIn = (person?: string): Promise<AccountClient> => AccountClient.of(server, person);
  const typesOf = (events: EventBody[]): string[] => events.map(({ type }) => type);

  it('tells what happened, newest first, and nothing of anybody else', async () => {
    const [ada, sam] = [await signIn('ada'), await signIn('sam')];
    const personal = await ada.makePersonalToken();
    await ada.delete(`/auth/sessions/${personal.id}`);
    const next = await ada.rotate();
    expect(typesOf(await next.events())).toEqual([
      'token_rotated',
      'token_revoked',
      'token_issued',
      'signed_in',
      'account_created',
    ]);
    expect(typesOf(await sam.events())).toEqual(['signed_in', 'account_created']);
  });

  it('tells of each event where it came from', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    const headers = {
      'x-frontend-secret': FRONTEND_SECRET,
      'x-client-address': '203.0.113.7',
      'x-client-user-agent': 'Firefox of the visitor',
    };
    const { body } = await server.api('/auth/google', { json: { id_token: idToken }, headers });
    const ada = new AccountClient(server, body.token);
    const answer = await ada.get('/accounts/me/events');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await ada.events())[0]).toEqual({
      id: UUID,
      type: 'signed_in',
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      provider: 'google',
      client_address: '203.0.113.7',
      user_agent: 'Firefox of the visitor',
      token_id: (await ada.currentSession()).id,
      details: null,
      by_administrator: false,
    });
  });

  it('says that an administrator did something, and never which', async () => {
    const ada = await signIn();
    const { body } = await ada.get('/accounts/me');
    const actor = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be009';
    await server.dataSource.query(
      `insert into social_auth_event (id, account_id, type, actor_id)
       values ('ffffffff-7c1d-7b52-9a63-0c2f5a4be001', $1, 'roles_changed', $2)`,
      [body.id, actor],
    );
    const answer = await ada.get('/accounts/me/events');
    expect((await ada.events())[0]).toMatchObject({ type: 'roles_changed', by_administrator: true });
    expect(answer.text).not.toContain(actor);
  });

  it('is read page by page, without a gap or a repetition while it grows', async () => {
    const ada = await signIn();
    for (let times = 0; times < 6; times += 1) await ada.makePersonalToken({ name: String(times) });
    const all = await ada.events();
    expect(all).toHaveLength(8);
    const read: EventBody[] = [];
    let before = '';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await ada.get(`/accounts/me/events?limit=3${before}`);
      const { events, next } = body as unknown as { events: EventBody[]; next: string | null };
      read.push(...events);
      expect(next).toBe(page < 2 ? events.at(-1)!.id : null);
      before = `&before=${next}`;
      await ada.makePersonalToken({ name: `meanwhile ${page}` });
    }
    expect(read).toEqual(all);
    expect(await ada.events('?limit=2')).toHaveLength(2);
  });

  it('has fifty events on a page, and a hundred at most', async () => {
    const ada = await signIn();
    const { body } = await ada.get('/accounts/me');
    await server.dataSource.query(
      `insert into social_auth_event (id, account_id, type)
       select gen_random_uuid(), $1, 'signed_in' from generate_series(1, 120)`,
      [body.id],
    );
    expect(await ada.events()).toHaveLength(50);
    expect(await ada.events('?limit=100')).toHaveLength(100);
  });

  it('shows nothing of another account by its cursor', async () => {
    const [ada, sam] = [await signIn('ada'), await signIn('sam')];
    const [newest] = await sam.events();
    expect(typesOf(await ada.events(`?before=${newest!.id}`))).toEqual(['signed_in', 'account_created']);
    expect(await ada.events('?before=00000000-0000-0000-0000-000000000000')).toEqual([]);
  });

  it.each([
    ['limit', '?limit=0'],
    ['limit', '?limit=101'],
    ['limit', '?limit=-1'],
    ['limit', '?limit='],
    ['limit', '?limit=1e1'],
    ['limit', '?limit=%2010'],
    ['limit', '?limit=0x10'],
    ['limit', '?limit=10&limit=20'],
    ['before', '?before='],
    ['before', '?before=1'],
    ['before', "?before='"],
    ['before', '?before=019a9f3e-7c1d-7b52-9a63-0c2f5a4be001&before=x'],
    ['not known', '?account_id=019a9f3e-7c1d-7b52-9a63-0c2f5a4be001'],
    ['not known', '?type=signed_in'],
    ['not known', '?__proto__=x'],
  ])('names what is wrong with the query, %s: %s', async (name, query) => {
    const answer = await (await signIn()).get(`/accounts/me/events${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.detail).toContain(name);
  });

  it('holds no token', async () => {
    const ada = await signIn();
    const personal = await ada.makePersonalToken();
    const next = await ada.rotate();
    const rows = JSON.stringify(await server.dataSource.query('select * from social_auth_event'));
    for (const { token } of [ada, personal, next]) expect(rows).not.toContain(token.slice(4, -6));
    expect(rows).not.toContain('nte_');
  });
});

describe('a sign-in that is refused', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  beforeEach(async () => {
    await server.dataSource.query('truncate social_auth_account, social_auth_event cascade');
    server.logs.clear();
  });
  afterAll(() => server?.stop());

  const rows = (): Promise<Record<string, unknown>[]> =>
    server.dataSource.query(
      "select account_id, provider, client_address, token_id, details from social_auth_event where type = 'sign_in_refused'",
    );
  const counted = (code?: string): number =>
    server.app
      .get(RefusalCounter)
      .totals.filter((total) => code === undefined || total.code === code)
      .reduce((sum, { count }) => sum + count, 0);

  it('stands in the log of its account, if its identity is known', async () => {
    const { account } = await server.signIn('google', 'ada');
    await server.dataSource.query('update social_auth_account set disabled_at = now()');
    const refused = await server.postIdToken('google', 'ada');
    expect([refused.status, refused.body.code]).toEqual([403, 'account_disabled']);
    expect(await rows()).toEqual([
      {
        account_id: account.id,
        provider: 'google',
        client_address: '127.0.0.1',
        token_id: null,
        details: { code: 'account_disabled' },
      },
    ]);
    await server.dataSource.query('update social_auth_account set disabled_at = null');
    const events = await (await AccountClient.of(server)).events();
    expect(events.map(({ type }) => type)).toEqual(['signed_in', 'sign_in_refused', 'signed_in', 'account_created']);
    expect(events[1]).toMatchObject({ details: { code: 'account_disabled' }, token_id: null });
  });

  it('stands in nobody’s log, if its identity is unknown: the account with the address is not that person’s', async () => {
    const sam = await AccountClient.of(server, 'sam');
    expect((await server.postIdToken('auth0', 'sam')).body.code).toBe('email_in_use');
    expect(await rows()).toEqual([
      expect.objectContaining({ account_id: null, provider: 'auth0', details: { code: 'email_in_use' } }),
    ]);
    expect((await sam.events()).map(({ type }) => type)).not.toContain('sign_in_refused');
  });

  it('D8 is no row, but a line and a count, if the token proves nothing', async () => {
    const before = counted();
    const { idToken } = await server.idp.google.issue('ada');
    const answers = [];
    for (const id_token of [`${idToken.slice(0, -8)}AAAAAAAA`, 'junk', `${idToken}x`]) {
      answers.push(await server.api('/auth/google', { json: { id_token } }));
    }
    for (const claims of [
      { exp: 1_700_003_600, iat: 1_700_000_000 },
      { aud: 'another', azp: 'another' },
    ]) {
      answers.push(await server.postIdToken('google', 'ada', { claims }));
    }
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await rows()).toEqual([]);
    expect(counted() - before).toBe(5);
    const codes = answers.map(({ body }) => body.code);
    expect(new Set(codes)).toEqual(
      new Set(['provider_token_invalid', 'provider_token_expired', 'provider_token_wrong_audience']),
    );
    for (const code of codes) expect(counted(code)).toBeGreaterThan(0);
    expect(server.logs.events('sign_in')).toHaveLength(5);
  });

  it('D8 is no row, if the body is refused', async () => {
    const before = counted('invalid_request');
    expect((await server.api('/auth/google', { json: { id_token: 7 } })).status).toBe(400);
    expect(await rows()).toEqual([]);
    expect(counted('invalid_request') - before).toBe(1);
  });

  it('is answered as it is, if the row cannot be written', async () => {
    await server.signIn('google', 'ada');
    await server.dataSource.query('update social_auth_account set disabled_at = now()');
    await server.dataSource.query('alter table social_auth_event rename to social_auth_event_away');
    const refused = await server.postIdToken('google', 'ada');
    await server.dataSource.query('alter table social_auth_event_away rename to social_auth_event');
    expect([refused.status, refused.body.code]).toEqual([403, 'account_disabled']);
    expect(server.logs.events('sign_in_refusal_not_written')).toHaveLength(1);
  });

  it('D8 is no row, if it is a limit’s doing', async () => {
    const limited = await startTestApp({ idp: server.idp, settings: { RATE_LIMIT_SIGN_IN: '6' } });
    try {
      const statuses = [];
      for (let times = 0; times < 3; times += 1) statuses.push((await limited.postIdToken('google', 'ada')).status);
      expect(statuses).toEqual([200, 200, 429]);
      const refused = await limited.dataSource.query<object[]>(
        "select 1 from social_auth_event where type = 'sign_in_refused'",
      );
      expect(refused).toEqual([]);
      expect(limited.app.get(RefusalCounter).totals).toContainEqual({
        provider: 'google',
        code: 'too_many_requests',
        count: 1,
      });
    } finally {
      await limited.stop();
    }
  });
});

it('the query of the log is read alike on Express', async () => {
  const idp = await DemoIdentityProvider.start();
  const database = await createTestDatabase();
  const host = await startHostApp({ adapter: 'express', database: database.url, idp });
  try {
    const { idToken } = await idp.google.issue('ada');
    const { body } = await callApi(`${host.url}/auth/google`, { json: { id_token: idToken } });
    const ask = (query: string): Promise<ApiAnswer> =>
      callApi(`${host.url}/accounts/me/events${query}`, { token: body.token });
    const first = (await ask('?limit=1')).body as unknown as { events: EventBody[]; next: string };
    const second = (await ask(`?limit=1&before=${first.next}`)).body as unknown as typeof first;
    expect([...first.events, ...second.events].map(({ type }) => type)).toEqual(['signed_in', 'account_created']);
    expect(second.next).toBeNull();
    for (const query of ['?limit=0', '?limit[a]=1', '?before=x', '?limit=1&limit=2', '?more=1']) {
      expect([query, (await ask(query)).status]).toEqual([query, 400]);
    }
  } finally {
    await host.stop();
    await database.stop();
    await idp.stop();
  }
});
