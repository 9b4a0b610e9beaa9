import { setTimeout as sleep } from 'node:timers/promises';
import { AccountClient } from '../support/account-client';
import { FRONTEND_SECRET } from '../support/test-environment';
import { startTestApp, type TestApp } from '../support/test-app';

interface Export {
  account: { id: string; email: string; roles: string[] };
  identities: { provider: string; issuer: string; subject: string; email: string }[];
  sessions: { id: string; kind: string; client_address: string; revoked_at: string | null }[];
  events: { type: string; client_address: string | null }[];
  truncated: boolean;
  application: { notes: { text: string }[]; more: boolean };
}

describe('one’s own account', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  }, 60_000);
  beforeEach(() =>
    server.dataSource.query('truncate social_auth_account, social_auth_event, social_auth_tombstone cascade'),
  );
  afterAll(() => server?.stop());

  const exportOf = async (client: AccountClient): Promise<Export> => {
    const { status, text } = await client.get('/accounts/me/export');
    if (status !== 200) throw new Error(`The export was answered ${status}: ${text}`);
    return JSON.parse(text) as Export;
  };

  /** A provider token that says that the person has proven who they are so long ago. */
  const signedInLongAgo = async (seconds: number): Promise<AccountClient> => {
    const auth_time = Math.floor(Date.now() / 1_000) - seconds;
    const { status, body } = await server.postIdToken('google', 'ada', { claims: { auth_time } });
    expect(status).toBe(200);
    return new AccountClient(server, body.token);
  };

  it('is told whole, with what the application keeps, and nobody else’s', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    const headers = { 'x-frontend-secret': FRONTEND_SECRET, 'x-client-address': '203.0.113.7' };
    await server.api('/auth/google', { json: { id_token: idToken }, headers });
    const ada = await AccountClient.of(server, 'ada');
    const sam = await AccountClient.of(server, 'sam');
    await ada.post('/notes', { text: 'mine' });
    await sam.post('/notes', { text: 'not mine' });
    const personal = await ada.makePersonalToken();
    const ended = await AccountClient.of(server, 'ada');
    await ended.post('/auth/logout');

    const answer = await ada.get('/accounts/me/export');
    expect([answer.headers.get('cache-control'), answer.headers.get('content-disposition')]).toEqual([
      'no-store',
      'attachment; filename="account.json"',
    ]);
    const told = JSON.parse(answer.text) as Export;
    expect(Object.keys(told)).toEqual(['account', 'identities', 'sessions', 'events', 'truncated', 'application']);
    expect(told.account).toMatchObject({ email: 'ada.winter@example.com', roles: [] });
    const { issuer, person } = { issuer: server.idp.google.issuer, person: server.idp.google.person('ada') };
    expect(told.identities).toEqual([
      expect.objectContaining({ provider: 'google', issuer, subject: person.subject, email: person.email }),
    ]);
    expect(told.sessions.map(({ kind, revoked_at }) => [kind, revoked_at !== null])).toEqual([
      ['sign_in', true],
      ['personal', false],
      ['sign_in', false],
      ['sign_in', false],
    ]);
    expect(told.sessions.at(-1)?.client_address).toBe('203.0.113.7');
    expect(told.events.at(0)?.type).toBe('token_revoked');
    expect(told.events.at(-1)?.type).toBe('account_created');
    expect(told.application).toEqual({ notes: [expect.objectContaining({ text: 'mine' })], more: false });
    expect(told.truncated).toBe(false);
    for (const secret of [ada.token, ended.token, personal.token, 'nte_', 'digest', 'key_id', 'not mine', 'sam.rivers'])
      expect([secret, answer.text]).not.toEqual([secret, expect.stringContaining(secret)]);
    expect((await ada.events())[0]).toMatchObject({ type: 'data_exported', client_address: '127.0.0.1' });
  });

  it('is told with more notes than one list holds', async () => {
    const ada = await AccountClient.of(server, 'ada');
    const { id } = (await ada.get('/accounts/me')).body;
    await server.dataSource.query(
      `insert into note (id, account_id, text) select gen_random_uuid(), $1, 'note ' || n from generate_series(1, 1001) n`,
      [id],
    );
    const { application } = await exportOf(ada);
    expect([application.notes.length, application.more]).toEqual([1_000, true]);
  });

  it('M9 is deleted with everything, and every token of it dies', async () => {
    const ada = await AccountClient.of(server, 'ada');
    const second = await AccountClient.of(server, 'ada');
    const personal = new AccountClient(server, (await second.makePersonalToken()).token);
    await ada.post('/notes', { text: 'mine' });
    const { id } = (await ada.get('/accounts/me')).body;
    const { status, text } = await ada.delete('/accounts/me');
    expect([status, text]).toEqual([204, '']);
    for (const client of [ada, second, personal]) expect(await client.state()).toEqual([401, 'invalid_token']);
    const rows = await server.dataSource.query<object[]>('select * from social_auth_event');
    expect(rows).toEqual([
      expect.objectContaining({ type: 'account_deleted', account_id: id, client_address: null, user_agent: null }),
    ]);
    expect(await server.dataSource.query('select from note where account_id = $1', [id])).toEqual([]);
  });

  it('M9 makes a new account of a later sign-in, and refuses provider tokens from before', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    const ada = await AccountClient.of(server, 'ada');
    const former = (await ada.get('/accounts/me')).body.id;
    expect((await ada.delete('/accounts/me')).status).toBe(204);
    server.logs.clear();
    for (const json of [{ id_token: idToken }, { auth_token: idToken }]) {
      const answer = await server.api('/auth/google', { json });
      expect([answer.status, answer.body.code]).toEqual([401, 'provider_token_too_old']);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    }
    expect(server.logs.events('sign_in')[0]).toMatchObject({
      outcome: 'refused',
      code: 'provider_token_too_old',
      reason: 'issued before the account was deleted',
    });
    await sleep(1_050 - (Date.now() % 1_000));
    const later = await server.signIn('google', 'ada');
    expect(later.is_new_account).toBe(true);
    expect(later.account.id).not.toBe(former);
    // What was refused before is now that of somebody who is known.
    expect((await server.api('/auth/google', { json: { id_token: idToken } })).body.account.id).toBe(later.account.id);
  });

  it('M9 refuses to link its person by a provider token from before to somebody else’s account', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    expect((await (await AccountClient.of(server, 'ada')).delete('/accounts/me')).status).toBe(204);
    const sam = await AccountClient.of(server, 'sam');
    const answer = await sam.post('/auth/link/google', { id_token: idToken });
    expect([answer.status, answer.body.code]).toEqual([401, 'provider_token_too_old']);
    await sleep(1_050 - (Date.now() % 1_000));
    const later = await server.idp.google.issue('ada');
    expect((await sam.post('/auth/link/google', { id_token: later.idToken })).status).toBe(200);
  });

  it('M9 refuses both kinds of Auth0’s and Google’s access tokens from before', async () => {
    const google = await server.idp.google.issue('ada');
    const auth0 = await server.idp.auth0.issue('ben', { audience: server.idp.auth0.audience });
    expect((await (await AccountClient.of(server, 'ada')).delete('/accounts/me')).status).toBe(204);
    expect((await (await AccountClient.of(server, 'ben', 'auth0')).delete('/accounts/me')).status).toBe(204);
    for (const [issuer, access_token] of [
      ['google', google.accessToken],
      ['auth0', auth0.accessToken],
    ] as const) {
      const answer = await server.api(`/auth/${issuer}`, { json: { access_token } });
      expect([issuer, answer.status, answer.body.code]).toEqual([issuer, 401, 'provider_token_too_old']);
    }
  });

  it.each([
    ['GET', '/accounts/me/export'],
    ['DELETE', '/accounts/me'],
  ])('asks for a fresh sign-in: %s %s', async (method, path) => {
    const stale = await signedInLongAgo(601);
    const rotated = await (await AccountClient.of(server, 'ada')).rotate();
    const personal = await (await AccountClient.of(server, 'ada')).makePersonalToken();
    for (const { token } of [stale, rotated]) {
      const answer = await server.api(path, { method, token });
      expect([answer.status, answer.body.code]).toEqual([401, 'insufficient_user_authentication']);
      expect(answer.headers.get('www-authenticate')).toContain('max_age=600');
    }
    const answer = await server.api(path, { method, token: personal.token });
    expect([answer.status, answer.body.code]).toEqual([403, 'insufficient_scope']);
    expect((await server.api(path, { method })).status).toBe(401);
    expect(await stale.state()).toEqual([200, undefined]);
    const fresh = await signedInLongAgo(590);
    expect((await server.api(path, { method, token: fresh.token })).status).toBe(method === 'GET' ? 200 : 204);
  });
});
