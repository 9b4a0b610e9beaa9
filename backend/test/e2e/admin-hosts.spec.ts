import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { callApi, type ApiAnswer, type ApiRequest } from '../support/api-client';
import { startHostApp, type HostApp } from '../support/host-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe.each(['fastify', 'express'] as const)('administration at a plain host on %s', (adapter) => {
  let idp: DemoIdentityProvider;
  let database: TestDatabase;
  let host: HostApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    database = await createTestDatabase();
    const { subject } = idp.google.person('ada');
    const accounts = { adminIdentities: [{ provider: 'google', subject }] };
    host = await startHostApp({ adapter, database: database.url, idp, options: { accounts, backgroundJobs: false } });
  }, 60_000);
  afterAll(async () => {
    await host?.stop();
    await database?.stop();
    await idp?.stop();
  });

  const signIn = async (person: string): Promise<{ token: string; id: string }> => {
    const { idToken } = await idp.google.issue(person);
    const { body } = await callApi(`${host.url}/auth/google`, { json: { id_token: idToken } });
    return { token: body.token, id: body.account.id };
  };

  const ask = (path: string, request: ApiRequest): Promise<ApiAnswer> => callApi(`${host.url}${path}`, request);

  it('finds, changes and disables accounts, refuses bad questions, and logs who asked', async () => {
    const [ada, ben] = [await signIn('ada'), await signIn('ben')];
    const { token } = ada;
    const page = await ask('/admin/accounts?limit=1&status=active', { token });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(`"next":"${ben.id}"`)]);
    for (const query of ['limit=0', 'limit[]=1', 'limit=1&limit=2', 'email[a]=b', 'x=1']) {
      expect([query, (await ask(`/admin/accounts?${query}`, { token })).status]).toEqual([query, 400]);
    }
    const roles = await ask(`/admin/accounts/${ben.id}/roles`, { method: 'PUT', token, json: { roles: ['support'] } });
    const disabling = await ask(`/admin/accounts/${ben.id}/disable`, { method: 'POST', token });
    expect([roles.status, disabling.status]).toEqual([204, 204]);
    expect((await ask('/accounts/me', { token: ben.token })).status).toBe(401);
    const { text } = await ask(`/admin/accounts/${ben.id}/events?limit=2`, { token });
    expect(JSON.parse(text)).toMatchObject({
      events: [
        { type: 'account_disabled', actor_id: ada.id, client_address: expect.stringContaining('127.0.0.1') as string },
        { type: 'roles_changed', actor_id: ada.id },
      ],
    });
  });

  it('exports and deletes the account of whoever asks', async () => {
    const { token } = await signIn('cleo');
    const { status, text, headers } = await ask('/accounts/me/export', { token });
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('application/json')]);
    expect(JSON.parse(text)).toMatchObject({ account: { name: 'Cleo Marsh' }, application: {} });
    expect((await ask('/accounts/me', { method: 'DELETE', token })).status).toBe(204);
    expect((await ask('/accounts/me', { token })).status).toBe(401);
  });
});
