import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, JSONWebKeySet, jwtVerify } from 'jose';
import { DemoIdentityProvider, DemoIssuer } from '.';

const CALLBACK = 'http://localhost:3000/api/auth/callback';

interface TokenAnswer {
  id_token: string;
  access_token: string;
  expires_in: number;
  error?: string;
}

/** The little of a browser that a sign-in needs: cookies with paths, and redirects one by one. */
class Visitor {
  private readonly cookies = new Map<string, { path: string; value: string }>();

  async request(address: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(address);
    const cookie = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path));
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie.map(([name, { value }]) => `${name}=${value}`).join('; '));
    headers.set('accept', 'text/html');
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
    }
    return response;
  }

  async follow(response: Response, from: string): Promise<string> {
    await response.text();
    return new URL(response.headers.get('location') ?? '', from).href;
  }
}

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

let idp: DemoIdentityProvider;
const failures: Error[] = [];

beforeAll(async () => {
  idp = await DemoIdentityProvider.start({ onError: (error) => failures.push(error) });
});
afterAll(async () => {
  await idp.stop();
  expect(failures).toEqual([]);
});
afterEach(() => {
  idp.google.resetFaults();
  idp.auth0.resetFaults();
});

/** Signs somebody in as a browser and a confidential client would. */
async function signIn(
  issuer: DemoIssuer,
  choice: Record<string, string>,
  more: Record<string, string> = {},
): Promise<{ callback: URL; page: string; tokens?: TokenAnswer }> {
  const name = issuer === idp.google ? 'google' : 'auth0';
  const verifier = randomBytes(32).toString('base64url');
  const redirect = `${CALLBACK}/${name}`;
  const query = new URLSearchParams({
    client_id: issuer.clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid email profile',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const visitor = new Visitor();
  const start = `${issuer.authorizationUri}?${query.toString()}`;
  const people = await visitor.follow(await visitor.request(start), start);
  const page = await (await visitor.request(people)).text();
  const resume = await visitor.follow(await visitor.request(people, form(choice)), people);
  const callback = new URL(await visitor.follow(await visitor.request(resume), resume));
  const code = callback.searchParams.get('code');
  if (!code) return { callback, page };
  const answer = await fetch(issuer.tokenUri, {
    ...form({ grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier }),
    headers: {
      authorization: `Basic ${Buffer.from(`${issuer.clientId}:${issuer.clientSecret}`).toString('base64')}`,
    },
  });
  return { callback, page, tokens: (await answer.json()) as TokenAnswer };
}

async function verified(issuer: DemoIssuer, token: string | undefined) {
  const keys = (await (await fetch(issuer.jwksUri)).json()) as JSONWebKeySet;
  return jwtVerify(token ?? '', createLocalJWKSet(keys), { issuer: issuer.issuer, algorithms: ['RS256'] });
}

const lifetime = ({ iat = 0, exp = 0 }: { iat?: number; exp?: number }): number => exp - iat;

describe('the Google twin', () => {
  it('signs a Workspace person in by code and PKCE, with the claims of a Google ID token', async () => {
    const { callback, tokens } = await signIn(idp.google, { person: 'wanda' });
    expect(callback.href).toContain(`${CALLBACK}/google?`);
    expect(callback.searchParams.get('state')).toBe('the-state');
    const { payload, protectedHeader } = await verified(idp.google, tokens?.id_token);
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: idp.google.signingKey.kid });
    expect(payload).toMatchObject({
      iss: `http://127.0.0.1:${idp.port}/google`,
      aud: idp.google.clientId,
      azp: idp.google.clientId,
      hd: 'acme.example',
      email: 'wanda@acme.example',
      email_verified: true,
      name: 'Wanda Keller',
      given_name: 'Wanda',
      family_name: 'Keller',
      nonce: 'the-nonce',
    });
    expect(payload.at_hash).toHaveLength(22);
    expect(lifetime(payload)).toBe(3_600);
  });

  it('explains its opaque access token by tokeninfo and userinfo', async () => {
    const { tokens } = await signIn(idp.google, { person: 'ada' });
    const token = tokens?.access_token ?? '';
    expect(token).toMatch(/^ya29\.a0[\w-]+$/);
    const info: unknown = await (await fetch(`${idp.google.tokeninfoUri}?access_token=${token}`)).json();
    expect(info).toMatchObject({
      aud: idp.google.clientId,
      azp: idp.google.clientId,
      sub: idp.google.person('ada').subject,
      scope: expect.stringMatching(/openid .*userinfo\.email/) as string,
      exp: expect.stringMatching(/^\d{10}$/) as string,
      expires_in: expect.stringMatching(/^\d{4}$/) as string,
      email_verified: 'true',
    });
    const posted = await fetch(idp.google.tokeninfoUri ?? '', form({ access_token: token }));
    expect(await posted.json()).toMatchObject({ aud: idp.google.clientId });
    const profile = await fetch(idp.google.userinfoUri, { headers: { authorization: `Bearer ${token}` } });
    expect(await profile.json()).toMatchObject({ sub: idp.google.person('ada').subject, name: 'Ada Winter' });
  });

  it('answers 400 invalid_token for an access token that it never made', async () => {
    const answer = await fetch(`${idp.google.tokeninfoUri}?access_token=ya29.unknown`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_token' }]);
  });

  it('says nothing of an address that a person does not have', async () => {
    const { payload } = await verified(idp.google, (await idp.google.issue('cleo')).idToken);
    expect(payload).not.toHaveProperty('email');
    expect(payload).not.toHaveProperty('email_verified');
  });
});

describe('the Auth0 twin', () => {
  it('makes a JWT access token for the API when its audience is asked for', async () => {
    const audience = idp.auth0.audience ?? '';
    const { tokens } = await signIn(
      idp.auth0,
      { person: 'ada' },
      { audience, scope: 'openid email profile read:notes' },
    );
    const { payload, protectedHeader } = await verified(idp.auth0, tokens?.access_token);
    expect(protectedHeader.typ).toBe('JWT');
    expect(payload).toMatchObject({
      iss: `http://127.0.0.1:${idp.port}/auth0/`,
      sub: expect.stringMatching(/^auth0\|/) as string,
      aud: [audience, idp.auth0.userinfoUri],
      azp: idp.auth0.clientId,
      scope: 'openid email profile read:notes',
      permissions: ['read:notes', 'write:notes'],
      'https://example.com/email': 'ada.winter@example.org',
      'https://example.com/email_verified': true,
      'https://example.com/name': 'Ada Winter',
    });
    expect(lifetime(payload)).toBe(86_400);
    const profile = await fetch(idp.auth0.userinfoUri, {
      headers: { authorization: `Bearer ${tokens?.access_token}` },
    });
    expect(await profile.json()).toMatchObject({ sub: payload.sub, nickname: 'ada.winter' });
  });

  it('makes an opaque five-segment access token when no audience is asked for', async () => {
    const { tokens } = await signIn(idp.auth0, { person: 'sam' });
    const segments = tokens?.access_token.split('.') ?? [];
    expect(segments).toHaveLength(5);
    expect(segments[1]).toBe('');
    expect(decodeProtectedHeader(tokens?.access_token ?? '')).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      iss: idp.auth0.issuer,
    });
    const { payload } = await verified(idp.auth0, tokens?.id_token);
    expect(payload).toMatchObject({ sub: 'google-oauth2|112046731895204467738', email: 'sam.rivers@example.com' });
    expect(lifetime(payload)).toBe(36_000);
    const profile = await fetch(idp.auth0.userinfoUri, {
      headers: { authorization: `Bearer ${tokens?.access_token}` },
    });
    expect(profile.status).toBe(200);
  });

  it('makes machine tokens by client credentials', async () => {
    const { clientId, clientSecret, audience = '' } = idp.auth0;
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience };
    const answer = await fetch(idp.auth0.tokenUri, form(fields));
    const { payload } = await verified(idp.auth0, ((await answer.json()) as TokenAnswer).access_token);
    expect(payload).toMatchObject({
      sub: `${clientId}@clients`,
      azp: clientId,
      aud: audience,
      gty: 'client-credentials',
    });
  });

  it('refuses an API that it does not know', async () => {
    const visitor = new Visitor();
    const query = new URLSearchParams({
      client_id: idp.auth0.clientId,
      redirect_uri: `${CALLBACK}/auth0`,
      response_type: 'code',
      scope: 'openid',
      audience: 'https://unknown.example/',
    });
    const start = `${idp.auth0.authorizationUri}?${query.toString()}`;
    const callback = new URL(await visitor.follow(await visitor.request(start), start));
    expect(callback.searchParams.get('error')).toBe('access_denied');
  });
});

describe('the page with the people', () => {
  it('names everybody, asks on every visit and returns access_denied on Cancel', async () => {
    const { callback, page } = await signIn(idp.google, { cancel: 'yes' });
    for (const key of ['ada', 'ben', 'cleo', 'sam', 'wanda']) expect(page).toContain(`name="person" value="${key}"`);
    expect(callback.searchParams.get('error')).toBe('access_denied');
  });

  it('escapes what people are called', async () => {
    idp.google.addPerson({ key: 'mallory', subject: '1', name: '<script>alert(1)</script>', note: '"&' });
    const { page } = await signIn(idp.google, { person: 'mallory' });
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it.each(['login', 'consent', 'select_account'])('accepts prompt=%s', async (prompt) => {
    const { tokens } = await signIn(idp.google, { person: 'ada' }, { prompt });
    expect(tokens?.id_token).toBeDefined();
  });

  it('explains an expired sign-in', async () => {
    const answer = await fetch(`${idp.google.issuer}/people/unknown`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('start again')]);
  });
});

describe('tokens for tests and for curl', () => {
  it('hands the curl door the same tokens as a sign-in', async () => {
    const door = `${idp.auth0.issuer}demo/token`;
    const asForm = await fetch(door, form({ person: 'ada', audience: idp.auth0.audience ?? '' }));
    const fromForm = (await asForm.json()) as TokenAnswer;
    expect((await verified(idp.auth0, fromForm.access_token)).payload.permissions).toEqual([
      'read:notes',
      'write:notes',
    ]);
    const headers = { 'content-type': 'application/json' };
    const asJson = await fetch(door, { method: 'POST', headers, body: JSON.stringify({ person: 'ada' }) });
    expect(((await asJson.json()) as TokenAnswer).access_token.split('.')).toHaveLength(5);
    const unknown = await fetch(door, form({ person: 'nobody' }));
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('ada, ben')]);
  });

  it('lays changes over genuine claims, and removes those that are undefined', async () => {
    const { idToken } = await idp.google.issue('ada', {
      clientId: idp.google.mobileClientId,
      claims: { exp: 1, email: undefined },
    });
    const [, payload = ''] = idToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ exp: 1, aud: idp.google.mobileClientId, azp: idp.google.mobileClientId });
    expect(claims).not.toHaveProperty('email');
  });

  it('issues genuine tokens of somebody else’s client', async () => {
    const { accessToken } = await idp.google.issue('ada', { clientId: idp.google.foreignClientId });
    const info = await fetch(`${idp.google.tokeninfoUri}?access_token=${accessToken}`);
    expect(await info.json()).toMatchObject({ aud: idp.google.foreignClientId });
  });

  it('signs any claims at all', async () => {
    const token = idp.google.sign({ iss: idp.google.issuer, anything: [1] }, { typ: undefined, extra: true });
    const { payload, protectedHeader } = await verified(idp.google, token);
    expect(payload.anything).toEqual([1]);
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: idp.google.signingKey.kid, extra: true });
  });
});

it('rotates and retires keys, also for tokens of a real sign-in', async () => {
  const before = idp.auth0.signingKey.kid;
  const after = await idp.auth0.rotate();
  expect(idp.auth0.publishedKeys.map(({ kid }) => kid)).toEqual([before, after]);
  const { tokens } = await signIn(idp.auth0, { person: 'ada' });
  expect((await verified(idp.auth0, tokens?.id_token)).protectedHeader.kid).toBe(after);
  idp.auth0.retire(before);
  const { keys } = (await (await fetch(idp.auth0.jwksUri)).json()) as JSONWebKeySet;
  expect(keys.map(({ kid }) => kid)).toEqual([after]);
});

it('publishes addresses of its own name only, whatever the Host header says, and none beyond loopback', async () => {
  const discovery = await fetch(idp.auth0.discoveryUri.replace('127.0.0.1', 'localhost'));
  expect(await discovery.json()).toMatchObject({
    issuer: idp.auth0.issuer,
    jwks_uri: idp.auth0.jwksUri,
    token_endpoint: idp.auth0.tokenUri,
    userinfo_endpoint: idp.auth0.userinfoUri,
    authorization_endpoint: idp.auth0.authorizationUri,
  });
});

it('does not start in production', async () => {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await expect(DemoIdentityProvider.start()).rejects.toThrow('never runs in production');
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
});
