import { SettingsError } from '../../src/app/settings/settings.error';
import { loadSettings } from '../../src/app/settings/load-settings';
import { countRows, expectRefusal } from '../hostile/court';
import type { ApiAnswer } from '../support/api-client';
import { GithubTwin, OCTOCAT_ADDRESS } from '../support/github-twin';
import { startTestApp, type TestApp } from '../support/test-app';

let twin: GithubTwin;
let server: TestApp;

beforeAll(async () => {
  twin = await GithubTwin.start();
  server = await startTestApp({ settings: twin.environment });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await twin?.stop();
});
beforeEach(async () => {
  twin.reset();
  server.logs.clear();
  await server.dataSource.query('truncate social_auth_account, social_auth_tombstone cascade');
});

const post = (token: string, field = 'access_token'): Promise<ApiAnswer> =>
  server.api('/auth/github', { json: { [field]: token } });
const adaOf = (email: string): object => ({ addresses: [{ email, primary: true, verified: true }] });

describe('signing in with GitHub', () => {
  it.each(['access_token', 'auth_token'])('ends at a guarded call, by a token posted as %s', async (field) => {
    const { status, headers, body } = await post(twin.issue(), field);
    expect({ status, cache: headers.get('cache-control') }).toEqual({ status: 200, cache: 'no-store' });
    expect(body).toMatchObject({
      is_new_account: true,
      account: { provider: 'github', email: OCTOCAT_ADDRESS, email_verified: true, name: 'octocat' },
    });
    const { body: list } = await server.api('/auth/sessions', { token: body.token });
    expect(list).toMatchObject({ sessions: [{ provider: 'github', platform: 'web', current: true }] });
    const again = await post(twin.issue({ user: { login: 'renamed' } }));
    expect(again.body).toMatchObject({ is_new_account: false, account: { id: body.account.id, name: 'renamed' } });
  });

  it('keeps (issuer, number) and the client, and nothing of the token', async () => {
    const token = twin.issue();
    await post(token);
    const rows = await server.dataSource.query<object[]>('select issuer, subject from social_auth_identity');
    expect(rows).toEqual([{ issuer: twin.url, subject: '583231' }]);
    const clients = await server.dataSource.query<object[]>('select client_id from social_auth_token');
    expect(clients).toEqual([{ client_id: twin.clientId }]);
  });

  it('M8 makes one account of many first sign-ins at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(twin.issue())));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
  });

  it('M2 never selects an account by the address, verified as it is', async () => {
    await server.signIn('google', 'ada');
    const answer = await post(twin.issue(adaOf('ada.winter@example.com')));
    expect([answer.status, answer.body.code]).toEqual([409, 'email_in_use']);
  });

  it('M5 shares no account by an address that GitHub has not verified', async () => {
    const addresses = [{ email: 'ada.winter@example.com', primary: true, verified: false }];
    const mallory = await post(twin.issue({ addresses }));
    expect(mallory.body.account.email_verified).toBe(false);
    const ada = await server.signIn('google', 'ada');
    expect(ada.account.id).not.toBe(mallory.body.account.id);
  });

  it('M4 never links by the address alone, for GitHub does not host it', async () => {
    const linking = await startTestApp({
      idp: server.idp,
      settings: { ...twin.environment, ACCOUNT_LINKING: 'github:link-verified' },
    });
    try {
      await linking.signIn('google', 'ada');
      const json = { access_token: twin.issue(adaOf('ada.winter@example.com')) };
      expect((await linking.api('/auth/github', { json })).status).toBe(409);
    } finally {
      await linking.stop();
    }
  });

  it('links another way in to an account that has signed in a moment ago', async () => {
    const { token } = await server.signIn('google', 'ada');
    const json = { access_token: twin.issue() };
    const { status, text } = await server.api('/auth/link/github', { token, json });
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    expect((await post(twin.issue())).body).toMatchObject({ is_new_account: false, account: { provider: 'google' } });
  });

  it('M9 makes no new account of a token from before a deletion', async () => {
    const createdAt = new Date(Date.now() - 5_000);
    const provider = twin.issue({ createdAt });
    const { token } = (await post(twin.issue())).body;
    expect((await server.api('/accounts/me', { method: 'DELETE', token })).status).toBe(204);
    expectRefusal(await post(provider), '401 provider_token_too_old');
  });
});

describe('what is refused at GitHub’s route', () => {
  it.each([
    ['a token of another application', () => twin.issue({ clientId: 'x' }), 'access_token', 'provider_token_invalid'],
    ['an unknown token', () => 'gho_unknown0unknown0unknown', 'auth_token', 'provider_token_invalid'],
    ['an old token', () => twin.issue({ createdAt: new Date(0) }), 'access_token', 'provider_token_too_old'],
    [
      'an ID token',
      () => server.idp.google.issue('ada').then((x) => x.idToken),
      'id_token',
      'provider_token_wrong_kind',
    ],
    [
      'an ID token',
      () => server.idp.google.issue('ada').then((x) => x.idToken),
      'auth_token',
      'provider_token_wrong_kind',
    ],
    ['an access token', () => twin.issue(), 'id_token', 'provider_token_wrong_kind'],
    ['a personal access token', () => `ghp_${'0aA'.repeat(12)}`, 'access_token', 'provider_token_wrong_kind'],
    [
      'a token of Google',
      () => server.idp.google.issue('ada').then((x) => x.accessToken),
      'access_token',
      'provider_token_invalid',
    ],
  ])('is %s', async (_name, make, field, code) => {
    const token = await make();
    const before = await countRows(server);
    const answer = await post(token, field);
    expectRefusal(answer, `401 ${code}`);
    expect(answer.text + server.logs.text).not.toContain(token);
    expect(await countRows(server)).toEqual(before);
  });

  it.each(['/auth/google', '/auth/auth0'])('is refused at %s, if it is a token of GitHub', async (path) => {
    const { status } = await server.api(path, { json: { access_token: twin.issue() } });
    expect(status).toBe(401);
    expect(twin.requests).toEqual([]);
  });

  it.each([403, 429, 401, 500, 302])('is nobody while GitHub answers %d: that is an outage', async (status) => {
    twin.fault('/token', { status, body: { message: 'API rate limit exceeded' } });
    const answer = await post(twin.issue());
    expectRefusal(answer, '503 provider_unavailable');
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });
});

describe('L1 the secret of the application', () => {
  it('is in no answer and in no log, whatever happens', async () => {
    const explaining = await startTestApp({
      idp: server.idp,
      settings: { ...twin.environment, EXPLAIN_REFUSALS: 'true', LOG_LEVEL: 'trace' },
    });
    try {
      const told: string[] = [];
      const tokens = [
        twin.issue(),
        twin.issue({ clientId: 'x' }),
        twin.issue({ createdAt: new Date(0) }),
        'ghp_0',
        'x',
      ];
      for (const fault of [undefined, '500', 'reset', 'malformed', 'redirect', '429'] as const) {
        twin.fault('/token', fault);
        for (const token of tokens) {
          told.push((await explaining.api('/auth/github', { json: { access_token: token } })).text);
        }
      }
      for (const path of ['/health/ready', '/docs-json']) told.push((await explaining.api(path)).text);
      const all = told.join('\n') + explaining.logs.text;
      const { clientId, clientSecret } = twin;
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      for (const secret of [clientSecret, basic, ...tokens.slice(0, 3)]) expect(all).not.toContain(secret);
      expect(told[1]).toContain('was issued to another application');
    } finally {
      await explaining.stop();
    }
  });
});

describe('the settings of GitHub', () => {
  const faultsOf = (changes: Record<string, string | undefined>): readonly string[] => {
    try {
      loadSettings({ ...server.environment, ...changes });
    } catch (error) {
      if (error instanceof SettingsError) return error.faults;
      throw error;
    }
    return [];
  };

  it.each(['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'])('stop the boot by the name of %s, if it is missing', (name) => {
    expect(faultsOf({ [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
  });

  it('stop the boot in production with a twin, or with a placeholder for the secret', () => {
    const names = faultsOf({ NODE_ENV: 'production', GITHUB_CLIENT_SECRET: 'changeme' }).map(
      (fault) => fault.split(':')[0],
    );
    expect(names.filter((name) => name?.startsWith('GITHUB'))).toEqual([
      'GITHUB_CLIENT_SECRET',
      'GITHUB_ISSUER',
      'GITHUB_API_URI',
    ]);
  });

  it('take the route away with the last of them', async () => {
    const without = await startTestApp({ idp: server.idp });
    expect((await without.api('/auth/github', { json: { access_token: 'x' } })).status).not.toBe(200);
    expect((await without.api('/docs-json')).text).not.toContain('/auth/github');
    await without.stop();
  });
});
