import { describeInBrowser } from './support/describe-in-browser';
import { rawRequest } from './support/raw-request';
import { signIn } from './support/sign-in.steps';

const PAGES = [
  '/',
  '/sign-in',
  '/account',
  '/account/sessions',
  '/account/activity',
  '/account/link',
  '/notes',
  '/session/ended',
  '/no',
];
const ENDPOINTS = ['/api/auth/session', '/api/auth/csrf'];

describeInBrowser('every answer', {}, (stage) => {
  it('F11 is kept by nobody on the way', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    for (const path of [...PAGES, ...ENDPOINTS]) {
      const answer = await page.request.get(`${stage.site}${path}`, { maxRedirects: 0 });
      expect(`${path}: ${answer.headers()['cache-control']}`).toMatch(/(?=.*no-store)(?=.*private)/);
    }
  });

  it('F12 carries a policy without unsafe-inline, and a nonce of its own', async () => {
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
});
