import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { interceptCallback, isSignedIn, SESSION_COOKIE } from './support/sign-in.steps';

const CHECK_COOKIES = ['next-auth.state', 'next-auth.pkce.code_verifier', 'next-auth.nonce'];
const person = 'Ada Winter';
const providers = [
  { provider: 'Google', another: 'Auth0' },
  { provider: 'Auth0', another: 'Google' },
] as const;

async function cookieValue(page: Page, name: string): Promise<string> {
  return (await page.context().cookies()).find((cookie) => cookie.name === name)?.value ?? '';
}

describeInBrowser('a callback that was tampered with', {}, (stage) => {
  /** Follows the callback as the browser would, and yields where it leads. */
  const follow = async (page: Page, callback: URL): Promise<string> => {
    const answer = await page.request.get(callback.href, { maxRedirects: 0 });
    return new URL(answer.headers().location ?? '', stage.site).href;
  };
  const expectRefusal = async (page: Page, callback: URL): Promise<void> => {
    expect(await follow(page, callback)).toMatch(/error=|\/sign-in/);
    expect(await cookieValue(page, SESSION_COOKIE)).toBe('');
    expect(await isSignedIn(page, stage.site)).toBe(false);
  };
  const setCookie = (page: Page, name: string, value: string): Promise<void> =>
    page.context().addCookies([{ name, value, url: stage.site, httpOnly: true, sameSite: 'Lax' }]);

  describe.each(providers)('from $provider', ({ provider, another }) => {
    it('is accepted while nobody touches it, once', async () => {
      const page = await stage.newPage();
      const callback = await interceptCallback(page, stage.site, { provider, person });
      expect(await follow(page, callback)).toBe(`${stage.site}/account`);
      await page.context().clearCookies({ name: SESSION_COOKIE });
      await expectRefusal(page, callback);
    });

    it.each(['state', 'code'])('F4 is refused without the parameter %s', async (name) => {
      const page = await stage.newPage();
      const callback = await interceptCallback(page, stage.site, { provider, person });
      callback.searchParams.delete(name);
      await expectRefusal(page, callback);
    });

    it.each(['state', 'code'])('F4 is refused with the parameter %s of another sign-in', async (name) => {
      const [page, attacker] = [await stage.newPage(), await stage.newPage()];
      const callback = await interceptCallback(page, stage.site, { provider, person });
      const foreign = await interceptCallback(attacker, stage.site, { provider, person: 'Wanda Keller' });
      callback.searchParams.set(name, foreign.searchParams.get(name) ?? '');
      await expectRefusal(page, callback);
    });

    it.each(CHECK_COOKIES)('F4 is refused without the cookie %s', async (name) => {
      const page = await stage.newPage();
      const callback = await interceptCallback(page, stage.site, { provider, person });
      await page.context().clearCookies({ name });
      await expectRefusal(page, callback);
    });

    it.each(CHECK_COOKIES)('F4 is refused with the cookie %s of another sign-in', async (name) => {
      const [page, attacker] = [await stage.newPage(), await stage.newPage()];
      const callback = await interceptCallback(page, stage.site, { provider, person });
      await interceptCallback(attacker, stage.site, { provider, person: 'Wanda Keller' });
      await setCookie(page, name, await cookieValue(attacker, name));
      await expectRefusal(page, callback);
    });

    it.each(CHECK_COOKIES)(`F4 is refused with the cookie %s of a sign-in at ${another}`, async (name) => {
      const page = await stage.newPage();
      const callback = await interceptCallback(page, stage.site, { provider, person });
      const elsewhere = await stage.newPage();
      await interceptCallback(elsewhere, stage.site, { provider: another, person });
      await setCookie(page, name, await cookieValue(elsewhere, name));
      await expectRefusal(page, callback);
    });

    it(`F4 is refused at the address of ${another}`, async () => {
      const page = await stage.newPage();
      const callback = await interceptCallback(page, stage.site, { provider, person });
      callback.pathname = `/api/auth/callback/${another.toLowerCase()}`;
      await expectRefusal(page, callback);
    });

    it('F4 is refused in the browser of somebody else', async () => {
      const [attacker, victim] = [await stage.newPage(), await stage.newPage()];
      const callback = await interceptCallback(attacker, stage.site, { provider, person });
      await victim.goto(callback.href);
      await victim.getByRole('alert').getByText('The sign-in was not completed.').waitFor();
      await expectRefusal(victim, callback);
    });
  });

  it.each([...CHECK_COOKIES, 'next-auth.csrf-token', 'next-auth.callback-url'])(
    'F5 a value of the cookie %s is no session',
    async (name) => {
      const page = await stage.newPage();
      await interceptCallback(page, stage.site, { provider: 'Google', person });
      const value = await cookieValue(page, name);
      expect(value).not.toBe('');
      await setCookie(page, SESSION_COOKIE, value);
      expect(await isSignedIn(page, stage.site)).toBe(false);
      await page.goto(`${stage.site}/account`);
      expect(page.url()).toContain(`${stage.site}/sign-in`);
    },
  );
});
