import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { sessionSecret } from './support/product-environment';
import { SESSION_COOKIE, signIn } from './support/sign-in.steps';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { encode } = jest.requireActual<{ encode: (params: object) => Promise<string> }>('next-auth/jwt');

/** Seconds since 1970 that are no date any more. */
const NEVER = 1e15;

describeInBrowser('what nobody foresaw', { exposeApiToken: true }, (stage) => {
  /** Leaves the browser with a session of which the account page cannot say when it ends. */
  const spoilSession = async (page: Page): Promise<void> => {
    const session: unknown = await (await page.request.get(`${stage.site}/api/auth/session`)).json();
    const { authToken: token } = session as { authToken: string };
    const account = { id: 'x', email: null, name: 'Ada', picture: null, provider: 'google' };
    const value = await encode({ secret: sessionSecret, token: { apiSession: { token, expiresAt: NEVER, account } } });
    await page
      .context()
      .addCookies([{ name: SESSION_COOKIE, value, url: stage.site, httpOnly: true, sameSite: 'Lax' }]);
  };

  it('H4 in a page is told within its frame, without its reason, and can be tried again', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    const cookies = await page.context().cookies();
    await spoilSession(page);
    const answer = await page.goto(`${stage.site}/account`);
    expect(answer?.status()).toBe(500);
    expect(await answer?.text()).not.toMatch(/RangeError|Invalid time|\.tsx|nte_/);
    await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
    expect(await page.getByRole('link', { name: 'Notes' }).isVisible()).toBe(true);
    await page.context().addCookies(cookies);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
  });

  it('in the frame itself is told too', async () => {
    const page = await stage.newPage();
    // A link without a usable address is more than the navigation can take.
    await page.route(`${stage.site}/`, async (route) => {
      const response = await route.fetch();
      const link = String.raw`\"href\":\"/sign-in\"`;
      const body = (await response.text()).replace(link, String.raw`\"href\":{\"pathname\":9}`);
      await route.fulfill({ response, body });
    });
    await page.goto(stage.site);
    await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
    expect(await page.title()).toBe('Something went wrong · Token Exchange');
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.unroute(`${stage.site}/`);
    await page.getByRole('link', { name: 'Go to the home page' }).click();
    await page.getByRole('heading', { name: 'Use the account you already have' }).waitFor();
  });
});
