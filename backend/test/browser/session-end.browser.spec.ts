import { eventually } from '../support/eventually';
import { describeInBrowser } from './support/describe-in-browser';
import { isSignedIn, SESSION_COOKIE, signIn, tokenOf } from './support/sign-in.steps';

const LIFETIME_SECONDS = 60;
const ada = { provider: 'Google', person: 'Ada Winter' } as const;

describeInBrowser('the end of a session', { tokenTtlSeconds: LIFETIME_SECONDS, exposeApiToken: true }, (stage) => {
  const ask = async (token: string, path = '/accounts/me', method = 'GET'): Promise<number> => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await fetch(`${stage.product.addresses.backend}${path}`, { method, headers })).status;
  };

  it('F7 comes with a sign-out, which the backend learns of', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    const token = await tokenOf(page, stage.site);
    expect(await ask(token)).toBe(200);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('status').getByText('You are signed out.').waitFor();
    expect(await ask(token)).toBe(401);
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(SESSION_COOKIE);
    await page.goBack();
    await page.reload();
    expect(page.url()).toContain('/sign-in');
  });

  it('comes everywhere with “Sign out everywhere”', async () => {
    const [here, there] = [await stage.newPage(), await stage.newPage()];
    await signIn(here, stage.site, ada);
    await signIn(there, stage.site, ada);
    await here.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.getByRole('status').getByText('on all your other devices').waitFor();
    await there.getByRole('link', { name: 'Notes' }).click();
    await there.waitForURL(`${stage.site}/sign-in?error=session_expired`);
    await there.getByRole('alert').getByText('Your session has ended.').waitFor();
    expect((await there.context().cookies()).map(({ name }) => name)).not.toContain(SESSION_COOKIE);
  });

  it('F13 comes with the token’s revocation, at the next page or the next press of a button', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    await page.goto(`${stage.site}/notes`);
    // Once it is there, the panel that asks the backend itself has its answer, and will not notice the end first.
    await page.getByLabel('New note, straight from this browser').waitFor();
    await page.getByLabel('New note', { exact: true }).fill('Too late');
    expect(await ask(await tokenOf(page, stage.site), '/auth/logout', 'POST')).toBe(204);
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.waitForURL(`${stage.site}/sign-in?error=session_expired`);
    expect(await isSignedIn(page, stage.site)).toBe(false);
  });

  it('does not come from a link of somebody else', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    await page.goto(`${stage.site}/session/ended`);
    expect(page.url()).toBe(`${stage.site}/account`);
    await page.goto(`${stage.site}/api/auth/signout`);
    await page.getByText('You are still signed in.').waitFor();
    expect(await isSignedIn(page, stage.site)).toBe(true);
  });

  it('comes with a sign-out even while the backend is down, and says what remains', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    const token = await tokenOf(page, stage.site);
    await stage.product.stopBackend();
    try {
      await page.goto(`${stage.site}/notes`);
      await page.getByRole('alert').getByText('The server cannot be reached').first().waitFor();
      await page.getByLabel('New note', { exact: true }).fill('Not lost');
      await page.getByRole('button', { name: 'Add note' }).click();
      await page.getByText('The server cannot be reached at the moment. Your data is safe.').first().waitFor();
      expect(await page.getByLabel('New note', { exact: true }).inputValue()).toBe('Not lost');
      await page.goto(`${stage.site}/session/ended`);
      expect(await isSignedIn(page, stage.site)).toBe(true);
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.getByRole('status').getByText('ends by itself when it expires').waitFor();
      expect(await isSignedIn(page, stage.site)).toBe(false);
      await signIn(page, stage.site, ada);
      expect(page.url()).toBe(`${stage.site}/sign-in?error=backend_unavailable`);
    } finally {
      await stage.product.startBackend();
    }
    expect(await ask(token)).toBe(200);
  }, 60_000);

  it(
    'F13 comes when the token expires, however busy the session is',
    async () => {
      const page = await stage.newPage();
      await signIn(page, stage.site, ada);
      // Each look would put the end off, if use did that.
      await eventually(
        async () => expect(await isSignedIn(page, stage.site)).toBe(false),
        (LIFETIME_SECONDS + 30) * 1_000,
        2_000,
      );
      await page.goto(`${stage.site}/notes`);
      expect(page.url()).toContain('/sign-in');
    },
    (LIFETIME_SECONDS + 60) * 1_000,
  );
});
