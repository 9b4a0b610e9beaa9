import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, postForm } from './support/forms';
import { rawRequest } from './support/raw-request';

const RETURN_ADDRESSES = [
  'https://evil.example',
  'http://evil.example/notes',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\r/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,evil.example',
  'http://localhost@evil.example/',
  'http://user:pw@localhost/notes',
  'http://localhost.evil.example/',
  'http://localhost:1/notes',
  'ftp://localhost/',
  '%%%',
  'other',
  '',
  '/api/auth/signout',
  `/${'a'.repeat(3_000)}`,
];

describeInBrowser('the address to return to', {}, (stage) => {
  describe.each(RETURN_ADDRESSES)('F6 %j', (wish) => {
    it('starts a sign-in that ends on this site', async () => {
      const { cookie, token } = await csrfPair(stage.site);
      const answer = await postForm(
        stage.site,
        '/api/auth/signin/google',
        { csrfToken: token, callbackUrl: wish },
        cookie,
      );
      expect(answer.status).toBe(302);
      expect(answer.headers.location).toContain('/google/');
      const kept = answer.headers['set-cookie']?.find((line) => line.startsWith('next-auth.callback-url='));
      const address = decodeURIComponent(/=([^;]*)/.exec(kept ?? '')?.[1] ?? '');
      expect(new URL(address).origin).toBe(stage.site);
    });

    it('gets a normal page', async () => {
      const query = new URLSearchParams({ callbackUrl: wish }).toString();
      const page = await rawRequest(`${stage.site}/sign-in?${query}`, {});
      expect(page.status).toBe(200);
      const fields = [...page.body.matchAll(/name="callbackUrl" value="([^"]*)"/g)].map(([, value]) => value);
      expect(fields).toEqual(['/account', '/account']);
      const redirect = await rawRequest(`${stage.site}/api/auth/signin?${query}`, {});
      expect(redirect.status).toBe(302);
      expect(redirect.headers.location).not.toContain('evil');
    });

    it('in the cookie for it harms nothing', async () => {
      const cookie = `next-auth.callback-url=${encodeURIComponent(wish)}`;
      const answer = await rawRequest(`${stage.site}/api/auth/session`, { headers: { Cookie: cookie } });
      expect([answer.status, answer.body]).toEqual([200, '{}']);
      const forms = await csrfPair(stage.site);
      const started = await postForm(
        stage.site,
        '/api/auth/signin/auth0',
        { csrfToken: forms.token },
        `${forms.cookie}; ${cookie}`,
      );
      expect(started.headers.location).toContain('/auth0/');
    });
  });
});
