import { NotesService } from '../../src/app/notes';
import { AccountsService } from '../../src/social-auth';
import { type SignInBody, startTestApp, type TestApp } from '../support/test-app';

describe('notes', () => {
  let server: TestApp;
  let ada: SignInBody;
  let ben: SignInBody;

  beforeAll(async () => {
    server = await startTestApp();
    ada = await server.signIn('google', 'ada');
    ben = await server.signIn('auth0', 'ben');
  });
  afterAll(() => server?.stop());

  const create = async (owner: SignInBody, text: string) =>
    server.api('/notes', { token: owner.token, json: { text } });

  it('are refused without a token, though the controller mentions no guard', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await server.api('/notes', { method });
      expect([answer.status, answer.body.code]).toEqual([401, 'authentication_required']);
    }
  });

  it('are created, listed newest first and deleted', async () => {
    const first = await create(ada, 'first');
    const second = await create(ada, 'second');
    expect(first.status).toBe(201);
    expect(Object.keys(first.body)).toEqual(['id', 'text', 'created_at']);

    const list = await server.api('/notes', { token: ada.token });
    expect(list.body.notes).toEqual([second.body, first.body]);

    const removal = await server.api(`/notes/${first.body.id}`, { method: 'DELETE', token: ada.token });
    expect([removal.status, removal.text]).toEqual([204, '']);
    expect((await server.api('/notes', { token: ada.token })).body.notes).toEqual([second.body]);
  });

  it('belong to one account: another sees none of them and cannot delete them', async () => {
    const { body } = await create(ada, 'mine');
    expect((await server.api('/notes', { token: ben.token })).body.notes).toEqual([]);
    const answer = await server.api(`/notes/${body.id}`, { method: 'DELETE', token: ben.token });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect((await server.api('/notes', { token: ada.token })).text).toContain(body.id);
  });

  it.each([
    ['of no note', '00000000-0000-7000-8000-000000000000'],
    ['that is no UUID', 'no-uuid'],
    ['with an encoded percent', '%00'],
    ['with SQL', "'; DROP TABLE note; --"],
    ['that is too long', 'x'.repeat(400)],
  ])('answer 404 for an id %s', async (_, id) => {
    const answer = await server.api(`/notes/${encodeURIComponent(id)}`, { method: 'DELETE', token: ada.token });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it.each([
    ['without a text', {}],
    ['with an empty text', { text: '' }],
    ['with a text of 1001 characters', { text: 'x'.repeat(1001) }],
    ['with 1002 characters of which half select variations', { text: 'a\uFE0F'.repeat(501) }],
    ['with 1001 emoji', { text: '🪴'.repeat(1001) }],
    ['with 1001 unpaired surrogates', { text: '\uD83E'.repeat(1001) }],
    ['with NUL', { text: 'before\0after' }],
    ['with a number', { text: 1 }],
    ['with a list', { text: ['x'] }],
    ['with an object', { text: { toString: 'x' } }],
    ['with a foreign owner', { text: 'x', account_id: 'mine' }],
    ['that is a list', []],
    ['that is null', 'null'],
    ['that is a text', '"text"'],
  ])('refuse a body %s with 400 and change nothing', async (_, json) => {
    const before = (await server.api('/notes', { token: ben.token })).text;
    const answer = await server.api('/notes', { token: ben.token, json });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect((await server.api('/notes', { token: ben.token })).text).toBe(before);
  });

  it.each([
    ['emoji', '🪴'.repeat(1000)],
    ['letters with variation selectors', 'a\uFE0F'.repeat(500)],
    ['emoji joined to families', '👩‍👧'.repeat(333)],
    ['letters with combining marks', 'e\u0301'.repeat(500)],
    ['variation selectors alone', '\uFE0F'.repeat(1000)],
  ])('take a thousand characters of %s, counted as the database counts them', async (_, text) => {
    const answer = await create(ben, text);
    expect([answer.status, answer.body.text]).toEqual([201, text]);
  });

  it('go with their account, and none is written for an account that has gone', async () => {
    const cleo = await server.signIn('google', 'cleo');
    await create(cleo, 'fleeting');
    await server.app.get(AccountsService).deleteAccount(cleo.account.id);
    expect(await server.dataSource.query('SELECT 1 FROM note WHERE account_id = $1', [cleo.account.id])).toEqual([]);
    const late = server.app.get(NotesService).create(cleo.account.id, 'too late');
    await expect(late).rejects.toMatchObject({ code: 'not_found' });
  });
});
