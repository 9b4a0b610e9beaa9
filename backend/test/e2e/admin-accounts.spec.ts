import { AccountClient } from '../support/account-client';
import { Administrator, startAdministeredApp } from '../support/administrator';
import type { SignInBody, TestApp } from '../support/test-app';

const UNKNOWN_ID = '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001';

describe('what an administrator sees', () => {
  let server: TestApp;
  let admin: Administrator;
  let ben: SignInBody;
  let wanda: SignInBody;

  beforeAll(async () => {
    server = await startAdministeredApp();
    admin = await Administrator.of(server);
    ben = await server.signIn('auth0', 'ben');
    wanda = await server.signIn('auth0', 'wanda');
  }, 60_000);
  afterAll(() => server?.stop());

  const found = async (query: string): Promise<string[]> =>
    (await admin.read(`/accounts?${query}`)).accounts.map(({ id }) => id);

  it('are all accounts, newest first, page by page', async () => {
    const newestFirst = [wanda.account.id, ben.account.id, admin.id];
    expect(await found('')).toEqual(newestFirst);
    const first = await admin.read('/accounts?limit=2');
    expect(first.next).toBe(ben.account.id);
    const second = await admin.read(`/accounts?limit=2&before=${first.next}`);
    expect([second.accounts.map(({ id }) => id), second.next]).toEqual([[admin.id], null]);
    expect(await found(`limit=3`)).toEqual(newestFirst);
    expect((await admin.read('/accounts?limit=3')).next).toBeNull();
  });

  it('are accounts by the whole address in whatever case, by person, by id and by status', async () => {
    expect(await found(`email=${encodeURIComponent('Wanda@ACME.example.org')}`)).toEqual([wanda.account.id]);
    // Of an address that is not verified, too.
    expect(await found(`email=${encodeURIComponent('ben.okoro@example.org')}`)).toEqual([ben.account.id]);
    expect(await found('email=wanda')).toEqual([]);
    expect(await found(`email=${encodeURIComponent('%')}`)).toEqual([]);
    const { subject } = server.idp.auth0.person('ben');
    expect(await found(`provider=auth0&subject=${encodeURIComponent(subject)}`)).toEqual([ben.account.id]);
    expect(await found(`provider=google&subject=${encodeURIComponent(subject)}`)).toEqual([]);
    expect(await found(`id=${ben.account.id.toUpperCase()}`)).toEqual([ben.account.id]);
    expect(await found(`id=${UNKNOWN_ID}`)).toEqual([]);
    expect(await found('status=disabled')).toEqual([]);
    expect(await found('status=active')).toHaveLength(3);
    expect(await found(`status=disabled&id=${ben.account.id}`)).toEqual([]);
  });

  it('is one account with its identities and roles', async () => {
    const person = server.idp.google.person('ada');
    const answer = await admin.ask('GET', `/accounts/${admin.id}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(answer.text)).toEqual({
      id: admin.id,
      email: 'ada.winter@example.com',
      email_verified: true,
      name: 'Ada Winter',
      picture: person.picture,
      provider: 'google',
      roles: ['admin'],
      created_at: expect.stringMatching(/Z$/) as string,
      kind: 'person',
      disabled_at: null,
      identities: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          provider: 'google',
          issuer: server.idp.google.issuer,
          subject: person.subject,
          email: 'ada.winter@example.com',
          email_verified: true,
          email_authoritative: false,
          hosted_domain: null,
          name: 'Ada Winter',
          picture: person.picture,
          primary: true,
          created_at: expect.stringMatching(/Z$/) as string,
          last_used_at: expect.stringMatching(/Z$/) as string,
        },
      ],
    });
  });

  it('are the sessions of an account, page by page', async () => {
    await server.signIn('auth0', 'wanda');
    await server.signIn('auth0', 'wanda');
    const path = `/accounts/${wanda.account.id}/sessions`;
    const { sessions, next } = await admin.read<{ id: string; current: boolean }>(path);
    expect([sessions.length, next, sessions.some(({ current }) => current)]).toEqual([3, null, false]);
    const first = await admin.read<{ id: string }>(`${path}?limit=2`);
    const second = await admin.read<{ id: string }>(`${path}?limit=2&before=${first.next}`);
    expect([...first.sessions, ...second.sessions].map(({ id }) => id)).toEqual(sessions.map(({ id }) => id));
    expect(second.next).toBeNull();
    expect((await admin.read(`${path}?before=${UNKNOWN_ID}`)).sessions).toEqual([]);
  });

  it('are the events of an account and everybody’s, by type and page by page', async () => {
    interface Event {
      id: string;
      type: string;
      account_id: string;
      actor_id: string | null;
    }
    const ofBen = await admin.read<Event>(`/accounts/${ben.account.id}/events`);
    expect(ofBen.events.map(({ type }) => type)).toEqual(['signed_in', 'account_created']);
    const everybody = await admin.read<Event>('/events');
    expect(new Set(everybody.events.map(({ account_id }) => account_id)).size).toBe(3);
    const created = await admin.read<Event>('/events?type=account_created&limit=2');
    expect(created.events.map(({ account_id }) => account_id)).toEqual([wanda.account.id, ben.account.id]);
    const rest = await admin.read<Event>(`/events?type=account_created&limit=2&before=${created.next}`);
    expect([rest.events.map(({ account_id }) => account_id), rest.next]).toEqual([[admin.id], null]);
    const granted = await admin.read<Event>('/events?type=roles_changed');
    expect(granted.events).toEqual([
      expect.objectContaining({
        account_id: admin.id,
        actor_id: null,
        by_administrator: false,
        details: { roles: ['admin'], former: [], listed: true },
      }),
    ]);
  });

  it('T3 T4 holds no token and nothing that recognises one', async () => {
    const paths = ['/accounts', `/accounts/${ben.account.id}`, `/accounts/${ben.account.id}/sessions`, '/events'];
    for (const path of paths) {
      const { text } = await admin.ask('GET', path);
      expect(text).not.toContain(ben.token);
      expect(text).not.toMatch(/nte_|digest|key_id/);
    }
  });

  it.each([
    ['a limit of 0', 'limit=0', 'limit'],
    ['a limit of 101', 'limit=101', 'limit'],
    ['a limit that is no number', 'limit=ten', 'limit'],
    ['two limits', 'limit=1&limit=2', 'limit'],
    ['a cursor that is no UUID', 'before=1', 'before'],
    ['an id that is no UUID', 'id=1', 'id'],
    ['an empty address', 'email=', 'email'],
    ['an address with NUL', 'email=a%00b', 'email'],
    ['an address that is too long', `email=${'a'.repeat(255)}`, 'email'],
    ['a status that there is not', 'status=gone', 'status'],
    ['a subject with NUL', 'provider=google&subject=%00', 'subject'],
    ['a subject without a provider', 'subject=1', 'provider and subject'],
    ['a provider without a subject', 'provider=google', 'provider and subject'],
    ['a parameter that there is not', 'name=ada', 'not known'],
  ])('is refused with %s, by name', async (_name, query, named) => {
    const { status, body } = await admin.ask('GET', `/accounts?${query}`);
    expect([status, body.code, body.detail]).toEqual([400, 'invalid_request', expect.stringContaining(named)]);
  });

  it('is refused with a type of event that there is not', async () => {
    for (const path of ['/events', `/accounts/${ben.account.id}/events`]) {
      const { status, body } = await admin.ask('GET', `${path}?type=x`);
      expect([status, body.detail]).toEqual([400, expect.stringContaining('type')]);
    }
  });

  it.each([UNKNOWN_ID, 'x', '%00', "'; drop table note; --"])('is nothing for the id %s', async (id) => {
    for (const path of ['', '/sessions', '/events']) {
      const { status, body } = await admin.ask('GET', `/accounts/${encodeURIComponent(id)}${path}`);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
  });

  it('is shown to nobody else: neither with another role, nor with a personal token, nor with one that was rotated out', async () => {
    const other = new AccountClient(server, ben.token);
    await admin.change('PUT', `/accounts/${ben.account.id}/roles`, { roles: ['support', 'administrator', 'Admin'] });
    for (const path of ['/accounts', `/accounts/${ben.account.id}`, '/events']) {
      const { status, body } = await other.get(`/admin${path}`);
      expect([status, body.code]).toEqual([403, 'role_required']);
    }
    const personal = await admin.client.makePersonalToken({ scopes: ['account:read', 'notes:read', 'notes:write'] });
    const refusal = await new AccountClient(server, personal.token).get('/admin/accounts');
    expect([refusal.status, refusal.body.code]).toEqual([403, 'insufficient_scope']);
    expect((await server.api('/admin/accounts')).status).toBe(401);
    await admin.change('PUT', `/accounts/${ben.account.id}/roles`, { roles: [] });
  });
});
