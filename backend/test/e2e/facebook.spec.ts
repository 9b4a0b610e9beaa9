import { loadSettings } from '../../src/app/settings/load-settings';
import { SettingsError } from '../../src/app/settings/settings.error';
import { expectRefusal } from '../hostile/court';
import type { ApiAnswer } from '../support/api-client';
import { FACEBOOK_PERSON, FacebookTwin } from '../support/facebook-twin';
import { startTestApp, type TestApp } from '../support/test-app';

let twin: FacebookTwin;
let server: TestApp;

beforeAll(async () => {
  twin = await FacebookTwin.start();
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

const post = (json: object): Promise<ApiAnswer> => server.api('/auth/facebook', { json });
const platforms = async (token: string): Promise<unknown[]> => {
  const { body } = await server.api('/auth/sessions', { token });
  return (body as unknown as { sessions: { platform: unknown }[] }).sessions.map(({ platform }) => platform);
};

describe('signing in with Facebook', () => {
  it('ends at a guarded call, by both kinds of token, as one person', async () => {
    const byAccess = await post({ access_token: twin.issue() });
    expect(byAccess.status).toBe(200);
    expect(byAccess.body).toMatchObject({
      is_new_account: true,
      account: { provider: 'facebook', email: FACEBOOK_PERSON.email, email_verified: false, name: 'Ada Winter' },
    });
    const byId = await post({ id_token: twin.idToken() });
    expect(byId.body).toMatchObject({ is_new_account: false, account: { id: byAccess.body.account.id } });
    expect(await platforms(byId.body.token)).toEqual(['ios', 'web']);
    for (const auth_token of [twin.issue(), twin.idToken()]) {
      expect((await post({ auth_token })).body.account.id).toBe(byAccess.body.account.id);
    }
  });

  it('keeps (issuer, person of the app) and the app', async () => {
    await post({ access_token: twin.issue() });
    const rows = await server.dataSource.query<object[]>('select issuer, subject from social_auth_identity');
    expect(rows).toEqual([{ issuer: twin.url, subject: FACEBOOK_PERSON.id }]);
    const clients = await server.dataSource.query<object[]>('select client_id from social_auth_token');
    expect(clients).toEqual([{ client_id: twin.appId }]);
  });

  it('M2 M5 compares its addresses with nobody’s, in either order', async () => {
    const mallory = await post({ access_token: twin.issue() });
    const ada = await server.signIn('google', 'ada');
    expect(ada).toMatchObject({
      is_new_account: true,
      account: { email: FACEBOOK_PERSON.email, email_verified: true },
    });
    expect(ada.account.id).not.toBe(mallory.body.account.id);
    const sub = '20215241773831025';
    const third = await post({ id_token: twin.idToken({ sub, email_verified: true }) });
    expect(third.body).toMatchObject({ is_new_account: true, account: { email_verified: false } });
    expect(third.body.account.id).not.toBe(ada.account.id);
  });

  it('M4 links nothing, for it has no verified address', async () => {
    const { token } = await server.signIn('google', 'ada');
    const { status, body } = await server.api('/auth/link/facebook', { token, json: { access_token: twin.issue() } });
    expect([status, body.code]).toEqual([403, 'email_not_verified']);
  });

  it('M9 makes no new account of a token from before a deletion', async () => {
    const access_token = twin.issue({ data: { issued_at: Math.floor(Date.now() / 1_000) - 5 } });
    const { token } = (await post({ access_token: twin.issue() })).body;
    expect((await server.api('/accounts/me', { method: 'DELETE', token })).status).toBe(204);
    expectRefusal(await post({ access_token }), '401 provider_token_too_old');
  });
});

describe('the nonce of an ID token of Limited Login', () => {
  const challenge = async (): Promise<string> =>
    ((await server.api('/auth/challenge', { method: 'POST' })).body as unknown as { nonce: string }).nonce;

  it('counts once, if it was issued here and the request says so', async () => {
    const nonce = await challenge();
    const json = { id_token: twin.idToken({ nonce }), nonce_required: true };
    expect((await post(json)).status).toBe(200);
    expectRefusal(await post(json), '401 provider_token_wrong_nonce');
  });

  it('is let pass, if it is the app’s own', async () => {
    expect((await post({ id_token: twin.idToken({ nonce: 'of-the-app' }) })).status).toBe(200);
    const own = { id_token: twin.idToken({ nonce: 'of-the-app' }), nonce_required: true };
    expectRefusal(await post(own), '401 provider_token_wrong_nonce');
  });

  it('must be ours where the app says so', async () => {
    const FACEBOOK_APP_ID = `${twin.appId};platform=ios;nonce=required`;
    const strict = await startTestApp({ idp: server.idp, settings: { ...twin.environment, FACEBOOK_APP_ID } });
    try {
      const answer = await strict.api('/auth/facebook', { json: { id_token: twin.idToken() } });
      expectRefusal(answer, '401 provider_token_wrong_nonce');
    } finally {
      await strict.stop();
    }
  });
});

describe('what is refused at Facebook’s route', () => {
  it.each([
    ['an access token of another app', () => ({ access_token: twin.issue({ appId: '9' }) }), 'wrong_audience'],
    ['an unknown access token', () => ({ access_token: 'EAAunknown0unknown0unknown' }), 'invalid'],
    ['an old access token', () => ({ access_token: twin.issue({ data: { issued_at: 1_700_000_000 } }) }), 'too_old'],
    ['an access token of a page', () => ({ access_token: twin.issue({ data: { type: 'PAGE' } }) }), 'wrong_kind'],
    ['an access token as ID token', () => ({ id_token: twin.issue() }), 'wrong_kind'],
    ['an ID token as access token', () => ({ access_token: twin.idToken() }), 'wrong_kind'],
    ['an ID token of another app', () => ({ id_token: twin.idToken({ aud: '9' }) }), 'wrong_audience'],
    ['an ID token of another issuer', () => ({ id_token: twin.idToken({ iss: 'https://x.example' }) }), 'wrong_issuer'],
  ])('is %s', async (_name, make, code) => {
    const json = make();
    const answer = await post(json);
    expectRefusal(answer, `401 provider_token_${code}`);
    for (const token of Object.values(json)) expect(answer.text + server.logs.text).not.toContain(token);
  });

  it.each([
    [400, { error: { code: 4, message: 'Application request limit reached' } }],
    [400, { error: { code: 190, message: 'Invalid OAuth access token signature.' } }],
    [403, { error: { code: 4 } }],
    [429, {}],
    [500, {}],
    [302, {}],
  ])('is nobody while Facebook answers %d %j: that is an outage', async (status, body) => {
    twin.fault('/debug_token', { status, body });
    const answer = await post({ access_token: twin.issue() });
    expectRefusal(answer, '503 provider_unavailable');
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });
});

describe('L1 the secret of the app', () => {
  it('is in no answer and in no log, whatever happens', async () => {
    const explaining = await startTestApp({
      idp: server.idp,
      settings: { ...twin.environment, EXPLAIN_REFUSALS: 'true', LOG_LEVEL: 'trace' },
    });
    try {
      const told: string[] = [];
      const tokens = [twin.issue(), twin.issue({ appId: '9' }), twin.issue({ data: { type: 'PAGE' } }), 'EAAx'];
      for (const fault of [undefined, '500', 'reset', 'malformed', 'redirect', '429'] as const) {
        twin.fault('/debug_token', fault);
        for (const access_token of tokens) {
          told.push((await explaining.api('/auth/facebook', { json: { access_token } })).text);
        }
      }
      for (const path of ['/health/ready', '/docs-json']) told.push((await explaining.api(path)).text);
      const all = told.join('\n') + explaining.logs.text;
      for (const secret of [twin.appSecret, ...tokens.slice(0, 3)]) expect(all).not.toContain(secret);
      expect(told[1]).toContain('it was issued to another app');
    } finally {
      await explaining.stop();
    }
  });
});

describe('the settings of Facebook', () => {
  const faultsOf = (changes: Record<string, string | undefined>): readonly string[] => {
    try {
      loadSettings({ ...server.environment, ...changes });
    } catch (error) {
      if (error instanceof SettingsError) return error.faults;
      throw error;
    }
    return [];
  };

  it.each(['FACEBOOK_APP_ID', 'FACEBOOK_APP_SECRET'])('stop the boot by the name of %s, if it is missing', (name) => {
    expect(faultsOf({ [name]: undefined })).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
  });

  it('stop the boot in production with a twin, or with a placeholder for the secret', () => {
    const faults = faultsOf({ NODE_ENV: 'production', FACEBOOK_APP_SECRET: 'changeme' });
    const names = faults.map((fault) => fault.split(':')[0]).filter((name) => name?.startsWith('FACEBOOK'));
    expect(names).toEqual(['FACEBOOK_APP_SECRET', 'FACEBOOK_JWKS_URI', 'FACEBOOK_GRAPH_URI', 'FACEBOOK_ISSUER']);
  });
});
