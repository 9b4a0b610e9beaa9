import { describeInBrowser } from './support/describe-in-browser';
import { scriptVisible, Traffic } from './support/traffic';
import { signIn } from './support/sign-in.steps';

const API_TOKEN = /nte_[0-9A-Za-z]{49}/;
const ACCOUNT_PAGES = ['', '/sessions', '/identities', '/activity', '/delete'].map((path) => `/account${path}`);
const PROVIDER_TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/;

describeInBrowser('EXPOSE_API_TOKEN=false', {}, (stage) => {
  it.each(['Google', 'Auth0'] as const)('F3 shows no token to the browser after %s', async (provider) => {
    const page = await stage.newPage();
    const traffic = Traffic.of(page);
    await signIn(page, stage.site, { provider, person: 'Ada Winter' });
    for (const path of ['/', ...ACCOUNT_PAGES, '/notes', '/api/auth/session']) {
      await page.goto(`${stage.site}${path}`);
      expect(await scriptVisible(page)).not.toMatch(API_TOKEN);
      expect(await scriptVisible(page)).not.toMatch(PROVIDER_TOKEN);
    }
    const exchanges = await traffic.exchanges(stage.site);
    expect(exchanges.length).toBeGreaterThan(8);
    for (const { url, headers, body } of exchanges) {
      expect(`${url} ${JSON.stringify(headers)} ${body}`).not.toMatch(API_TOKEN);
      expect(`${url} ${body}`).not.toMatch(PROVIDER_TOKEN);
    }
    await page.goto(`${stage.site}/notes`);
    expect(await page.getByText('no script of this page can see the token').isVisible()).toBe(true);
  });

  it('L1 writes no token and no address to the logs of both sides', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Wanda Keller' });
    expect(stage.product.log).toContain('Frontend on');
    expect(stage.product.log).not.toMatch(API_TOKEN);
    expect(stage.product.log).not.toMatch(PROVIDER_TOKEN);
    expect(stage.product.log).not.toContain('wanda@acme.example');
  });

  it('F2 keeps every cookie from scripts and from other sites', async () => {
    const page = await stage.newPage();
    const traffic = Traffic.of(page);
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    const headers = (await traffic.exchanges(stage.site)).flatMap((exchange) => exchange.headers);
    const cookies = headers.flatMap(({ name, value }) => (name.toLowerCase() === 'set-cookie' ? [value] : []));
    const names = new Set(cookies.map((cookie) => cookie.split('=')[0]));
    expect([...names].sort()).toEqual([
      'next-auth.callback-url',
      'next-auth.csrf-token',
      'next-auth.nonce',
      'next-auth.pkce.code_verifier',
      'next-auth.session-token',
      'next-auth.state',
    ]);
    for (const cookie of cookies) {
      const attributes = cookie
        .toLowerCase()
        .split(';')
        .slice(1)
        .map((attribute) => attribute.trim());
      expect(attributes).toEqual(expect.arrayContaining(['path=/', 'httponly', 'samesite=lax']));
      expect(attributes.some((attribute) => attribute.startsWith('domain='))).toBe(false);
    }
  });
});

describeInBrowser('EXPOSE_API_TOKEN=true', { exposeApiToken: true }, (stage) => {
  it.each(['Google', 'Auth0'] as const)('lets a page call the backend by itself after %s', async (provider) => {
    const page = await stage.newPage();
    const traffic = Traffic.of(page);
    await signIn(page, stage.site, { provider, person: 'Ada Winter', from: '/sign-in?callbackUrl=/notes' });
    await page.getByLabel('New note, straight from this browser').fill('Sent by the browser');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Sent by the browser').nth(1).waitFor();
    const direct = await traffic.exchanges(stage.product.addresses.backend);
    expect(direct.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 201]));
  });

  it('F3 hands the token out in the session alone: no page, address or storage has it', async () => {
    const page = await stage.newPage();
    const traffic = Traffic.of(page);
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter', from: '/sign-in?callbackUrl=/notes' });
    await page.getByLabel('New note, straight from this browser').waitFor();
    expect(await scriptVisible(page)).not.toMatch(API_TOKEN);
    const holders = (await traffic.exchanges()).filter(({ url, body }) => API_TOKEN.test(`${url} ${body}`));
    expect(new Set(holders.map(({ url }) => url))).toEqual(new Set([`${stage.site}/api/auth/session`]));
  });
});
