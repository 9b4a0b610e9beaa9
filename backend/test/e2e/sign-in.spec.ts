import { startTestApp, type TestApp } from '../support/test-app';
import { describeOnPostgres } from '../support/describe-on-server';
import { persistently } from '../support/persistently';

const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const TOKEN = /^nte_[0-9A-Za-z]{49}$/;

let app: TestApp;

describe('signing in', () => {
  beforeAll(async () => {
    app = await startTestApp({ settings: { TOKEN_AUTH_SCHEMES: 'Bearer,Token' } });
  }, 60_000);
  afterAll(() => app.stop());

  const bearer = (token: string): { headers: Record<string, string> } => ({
    headers: { authorization: `Bearer ${token}` },
  });

  it.each(['google', 'auth0'] as const)(
    'walks the main job with %s: exchange, own account, logout, refusal',
    async (provider) => {
      const { status, headers, body } = await app.postIdToken(provider, 'ada');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        token: expect.stringMatching(TOKEN) as string,
        token_type: 'Bearer',
        expires_at: expect.stringMatching(RFC_3339_UTC) as string,
        expires_in: 86_400,
        account: {
          id: expect.any(String) as string,
          email: expect.stringContaining('@') as string,
          email_verified: true,
          name: 'Ada Winter',
          picture: expect.stringMatching(/^http/) as string,
          provider,
        },
        is_new_account: true,
      });
      const me = await app.api('/accounts/me', bearer(body.token));
      expect(me.body).toEqual({
        ...body.account,
        kind: 'person',
        roles: [],
        created_at: expect.stringMatching(RFC_3339_UTC) as string,
      });
      expect(await app.api('/auth/logout', { method: 'POST', ...bearer(body.token) })).toMatchObject({
        status: 204,
        text: '',
      });
      const refused = await app.api('/accounts/me', bearer(body.token));
      expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
      expect(refused.headers.get('www-authenticate')).toContain('Bearer realm="api", error="invalid_token"');
    },
  );

  it('answers the original client’s requests to the letter', async () => {
    const { idToken } = await app.idp.google.issue('ada');
    const login = await fetch(`${app.url}/auth/google`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ auth_token: idToken }),
    });
    expect(login.status).toBe(200);
    const { token } = (await login.json()) as { token: string };
    const headers = { Authorization: `Token ${token}`, 'Content-Type': 'application/json' };
    for (const path of ['/accounts/me', '/notes']) {
      expect((await fetch(`${app.url}${path}`, { headers })).status).toBe(200);
    }
    const added = await fetch(`${app.url}/notes`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ text: 'a note' }),
    });
    expect(added.status).toBe(201);
  });

  it('reaches the same account by every kind of credential of one person', async () => {
    const google = await app.idp.google.issue('ada');
    const mobile = await app.idp.google.issue('ada', { clientId: app.idp.google.mobileClientId });
    const auth0 = await app.idp.auth0.issue('ada', { audience: app.idp.auth0.audience });
    const ask = async (path: string, json: object): Promise<string> => {
      const { status, text, body } = await app.api(path, { json });
      if (status !== 200) throw new Error(text);
      return body.account.id;
    };
    const ofGoogle = [
      await ask('/auth/google', { id_token: google.idToken }),
      await ask('/auth/google', { auth_token: google.idToken }),
      await ask('/auth/google', { access_token: google.accessToken }),
      await ask('/auth/google', { auth_token: google.accessToken }),
      await ask('/auth/google', { id_token: mobile.idToken }),
    ];
    const ofAuth0 = [
      await ask('/auth/auth0', { id_token: auth0.idToken }),
      await ask('/auth/auth0', { auth_token: auth0.idToken }),
      await ask('/auth/auth0', { access_token: auth0.accessToken }),
      await ask('/auth/auth0', { auth_token: auth0.accessToken }),
    ];
    expect(new Set(ofGoogle).size).toBe(1);
    expect(new Set(ofAuth0).size).toBe(1);
  });

  it('leaves an Auth0 account without an address until an ID token of the same subject brings one', async () => {
    const subject = { sub: 'auth0|no-action' };
    const profile = { 'https://example.com/email': undefined, 'https://example.com/email_verified': undefined };
    const { idToken, accessToken } = await app.idp.auth0.issue('ada', {
      audience: app.idp.auth0.audience,
      claims: { ...subject, email: 'late@example.net' },
      accessTokenClaims: { ...subject, ...profile },
    });
    const first = await app.api('/auth/auth0', { json: { access_token: accessToken } });
    expect(first.body).toMatchObject({ is_new_account: true, account: { email: null, email_verified: false } });
    const second = await app.api('/auth/auth0', { json: { id_token: idToken } });
    expect(second.body).toMatchObject({
      is_new_account: false,
      account: { id: first.body.account.id, email: 'late@example.net', email_verified: true },
    });
    const third = await app.api('/auth/auth0', { json: { access_token: accessToken } });
    expect(third.body.account).toEqual(second.body.account);
  });

  it('names the other provider when a verified address belongs to another account', async () => {
    await app.signIn('google', 'sam');
    const { status, body } = await app.postIdToken('auth0', 'sam');
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'email_in_use' });
    expect(body.detail).toMatch(/^Sign in with Google/);
  });

  it('M10, M12 refuses to be told an account, an issuer or a provider by the body', async () => {
    const { idToken } = await app.idp.google.issue('ada');
    for (const extra of ['account', 'email', 'issuer', 'provider', 'jwks_uri', 'scope', 'role', '__proto__']) {
      const json = JSON.parse(`{"id_token": "${idToken}", "${extra}": "x"}`) as object;
      expect({ extra, status: (await app.api('/auth/google', { json })).status }).toEqual({ extra, status: 400 });
    }
  });

  it('logs every attempt with its result, provider, hashed subject and request id (L3)', async () => {
    const { headers } = await app.postIdToken('google', 'ada');
    const requestId = headers.get('x-request-id');
    const line = app.logs.events('sign_in').find((entry) => entry.requestId === requestId);
    expect(line).toMatchObject({
      outcome: 'accepted',
      provider: 'google',
      subject: expect.stringMatching(/^[\w-]{22}$/) as string,
    });
  });
});

describeOnPostgres('signing in under concurrency', (postgres) => {
  it('M8 makes one account of 25 first sign-ins of one person at once, over HTTP', async () => {
    const temporary = await postgres().createDatabase();
    const server = await startTestApp({ database: { url: temporary.url, stop: temporary.drop } });
    try {
      const answers = await Promise.all(
        Array.from({ length: 25 }, () => persistently(() => server.postIdToken('google', 'ada'))),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => 200));
      expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
      expect(answers.filter(({ body }) => body.is_new_account)).toHaveLength(1);
      expect(new Set(answers.map(({ body }) => body.token)).size).toBe(25);
    } finally {
      await server.stop();
      await temporary.drop();
    }
  });
});
