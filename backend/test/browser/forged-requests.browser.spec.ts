import { describeInBrowser } from './support/describe-in-browser';
import { sessionSecret } from './support/product-environment';
import { csrfPair, FORM, postForm } from './support/forms';
import { rawRequest } from './support/raw-request';
import { isSignedIn, SESSION_COOKIE, signIn } from './support/sign-in.steps';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { encode } = jest.requireActual<{ encode: (params: object) => Promise<string> }>('next-auth/jwt');

const PRIVATE_WORDS = /Account details|Through this site|Signed up with|New note/;

describeInBrowser('a forged request', {}, (stage) => {
  const session = (secret: string): Promise<string> => {
    const account = { id: 'x', email: null, name: 'Forged', picture: null, provider: 'google' };
    const apiSession = { token: 'nte_forged', expiresAt: Math.floor(Date.now() / 1_000) + 600, account };
    return encode({ secret, token: { apiSession } });
  };

  it.each<Record<string, string>>([{}, { csrfToken: '' }, { csrfToken: '0'.repeat(64) }])(
    'F7 starts no sign-in with %j',
    async (fields) => {
      const { cookie } = await csrfPair(stage.site);
      const answer = await postForm(stage.site, '/api/auth/signin/google', fields, cookie);
      expect(answer.headers.location).toContain(`${stage.site}/api/auth/signin`);
    },
  );

  it('F7 ends no session without the CSRF token of this browser', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const csrfToken of ['', (await csrfPair(stage.site)).token]) {
      await postForm(stage.site, '/api/auth/signout', { csrfToken, reach: 'everywhere' }, cookies);
      expect((await page.goto(`${stage.site}/account`))?.url()).toBe(`${stage.site}/account`);
    }
    expect(await isSignedIn(page, stage.site)).toBe(true);
  });

  it.each([
    ['application/json', '{"csrfToken":"x"}', 415],
    ['text/plain', 'csrfToken=x', 415],
    [FORM, `a=${'x'.repeat(20_000)}`, 413],
  ])('F7 is not read as %s', async (type, body, status) => {
    const answer = await rawRequest(`${stage.site}/api/auth/signout`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-Segment-Prefetch': '/account' },
    { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%2C%7B%22children%22%3A%5B%22account%22%2C%7B%7D%5D%7D%5D' },
    { 'x-nextjs-data': '1' },
    { 'x-middleware-prefetch': '1' },
    { 'x-middleware-rewrite': '/account' },
    { 'x-matched-path': '/account' },
    { 'x-invoke-path': '/account' },
  ] as Record<string, string>[])('F8 with %j sees nothing private', async (headers) => {
    for (const path of ['/account', '/notes', '/account.rsc', '/_next/data/build/account.json']) {
      const answer = await rawRequest(`${stage.site}${path}`, { headers });
      expect(answer.body).not.toMatch(PRIVATE_WORDS);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('F8 calls no action without a session', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Wanda Keller', from: '/sign-in?callbackUrl=/notes' });
    const called = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByLabel('New note').fill('Mine');
    await page.getByRole('button', { name: 'Add note' }).click();
    const { 'next-action': action = '', 'content-type': type = '' } = await (await called).allHeaders();
    expect(action).not.toBe('');
    const headers = { 'Next-Action': action, 'Content-Type': type, Origin: stage.site };
    const body = (await called).postData()?.replaceAll('Mine', 'Forged') ?? '';
    const answer = await rawRequest(`${stage.site}/notes`, { method: 'POST', headers, body });
    expect(answer.status).toBeLessThan(500);
    await page.getByText('Note added.').waitFor();
    await page.reload();
    expect(await page.getByText('Forged').count()).toBe(0);
  });

  it('F7 calls no action from the page of another site', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Wanda Keller', from: '/sign-in?callbackUrl=/notes' });
    const called = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByLabel('New note').fill('Own');
    await page.getByRole('button', { name: 'Add note' }).click();
    const sent = await (await called).allHeaders();
    const headers = {
      'Next-Action': sent['next-action'] ?? '',
      'Content-Type': sent['content-type'] ?? '',
      Cookie: sent.cookie ?? '',
      Origin: 'https://evil.example',
      'X-Forwarded-Host': 'evil.example',
      Host: 'evil.example',
    };
    const body = (await called).postData()?.replaceAll('Own', 'Crossed') ?? '';
    await rawRequest(`${stage.site}/notes`, { method: 'POST', headers, body });
    await page.getByText('Note added.').waitFor();
    await page.reload();
    expect(await page.getByText('Crossed').count()).toBe(0);
  });

  it('F9 with a session made with another secret is nobody’s', async () => {
    for (const [secret, accepted] of [
      [sessionSecret, true],
      ['another-secret-another-secret-another', false],
    ] as const) {
      const headers = { Cookie: `${SESSION_COOKIE}=${await session(secret)}` };
      const home = await rawRequest(`${stage.site}/`, { headers });
      expect(home.body.includes('Hello, ')).toBe(accepted);
    }
  });

  it('F9 with a session in the Authorization header is nobody’s', async () => {
    const headers = { Authorization: `Bearer ${await session(sessionSecret)}` };
    expect((await rawRequest(`${stage.site}/`, { headers })).body).not.toContain('Hello, ');
    expect((await rawRequest(`${stage.site}/account`, { headers })).status).toBe(307);
  });

  it.each([
    { Host: 'evil.example' },
    { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'host=evil.example;proto=https' },
    { 'X-Forwarded-Host': 'evil.example', Host: 'evil.example', 'X-Forwarded-Port': '1' },
  ] as Record<string, string>[])('F10 with %j changes no address', async (headers) => {
    const { cookie, token } = await csrfPair(stage.site);
    const started = await postForm(
      stage.site,
      '/api/auth/signin/google?redirect_uri=https://evil.example',
      { csrfToken: token },
      cookie,
      headers,
    );
    const authorization = new URL(started.headers.location ?? '');
    expect(authorization.searchParams.get('redirect_uri')).toBe(`${stage.site}/api/auth/callback/google`);
    for (const path of ['/', '/sign-in', '/account', '/session/ended', '/api/auth/signin', '/api/auth/providers']) {
      const { headers: answered, body } = await rawRequest(`${stage.site}${path}`, { headers });
      expect(`${JSON.stringify(answered)} ${body}`).not.toContain('evil.example');
    }
  });

  it('F11 and every other answer is kept by nobody on the way', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    for (const path of [
      '/',
      '/sign-in',
      '/account',
      '/notes',
      '/api/auth/session',
      '/api/auth/csrf',
      '/session/ended',
      '/no',
    ]) {
      const answer = await page.request.get(`${stage.site}${path}`, { maxRedirects: 0 });
      expect(`${path}: ${answer.headers()['cache-control']}`).toMatch(/(?=.*no-store)(?=.*private)/);
    }
  });

  it('F12 and every other answer carries a policy without unsafe-inline, and a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/sign-in', '/no', '/api/auth/csrf', '/']) {
      const { headers } = await rawRequest(`${stage.site}${path}`, {});
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers).not.toHaveProperty('x-powered-by');
    }
    expect(nonces.size).toBe(5);
  });

  it.each(['127.0.0.1', '[::1]'])(
    'for this machine by the name %s is sent to the name in the settings',
    async (name) => {
      const headers = { Host: `${name}:${new URL(stage.site).port}` };
      const answer = await rawRequest(`${stage.site}/notes?a=b`, { headers });
      expect([answer.status, answer.headers.location]).toEqual([307, `${stage.site}/notes?a=b`]);
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'])(
    'with the method %s is refused without a crash',
    async (method) => {
      for (const path of ['/', '/api/auth/signout', '/notes'])
        expect((await rawRequest(`${stage.site}${path}`, { method })).status).toBeLessThan(500);
    },
  );

  it.each(['verify-request', '_log', 'callback/unknown', 'signin/unknown', 'constructor'])(
    'for /api/auth/%s finds nothing',
    async (action) => {
      expect((await rawRequest(`${stage.site}/api/auth/${action}`, {})).status).toBe(404);
    },
  );
});
