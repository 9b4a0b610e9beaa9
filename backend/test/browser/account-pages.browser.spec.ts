import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { link, newPerson } from './support/linking.steps';
import { rawRequest } from './support/raw-request';
import { isSignedIn, SESSION_COOKIE, signIn, signOut } from './support/sign-in.steps';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

describeInBrowser('the pages of an account', {}, (stage) => {
  const PAGES = ['sessions', 'identities', 'activity', 'delete'];
  const visit = (page: Page, name: string) => page.goto(`${stage.site}/account/${name}`);

  it('F8 show nothing to somebody who is not signed in', async () => {
    for (const name of [...PAGES, 'link']) {
      const answer = await rawRequest(`${stage.site}/account/${name}`, {});
      expect(answer.status).toBe(307);
      expect(answer.headers.location).toBe(`/sign-in?callbackUrl=%2Faccount%2F${name}`);
      expect(answer.body).not.toMatch(/<h1|aria-label="Account"/);
    }
  });

  it('lead to each other', async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    for (const name of ['Sessions', 'Ways to sign in', 'Activity', 'Delete account', 'Overview']) {
      await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name }).click();
      const current = page.getByRole('navigation', { name: 'Account' }).locator('[aria-current=page]');
      expect(await current.textContent()).toBe(name);
    }
  });

  describe.each([true, false])('with scripts: %p', (javaScriptEnabled) => {
    it('T6 list the sessions, and end one or all others at once', async () => {
      const person = newPerson(stage, 'two addresses');
      const choice = { provider: 'Google', person } as const;
      const page = await stage.newPage({ javaScriptEnabled });
      const others = [];
      for (let count = 0; count < 3; count++) others.push(await stage.newPage({ userAgent: firefox }));
      for (const other of [...others, page]) await signIn(other, stage.site, choice);
      await visit(page, 'sessions');
      expect(await page.locator('.entry').count()).toBe(4);
      const current = page.locator('.entry').filter({ hasText: 'this browser' });
      expect(await current.getByRole('button').count()).toBe(0);
      expect(await current.textContent()).toContain('127.0.0.1');
      await page.getByRole('button', { name: 'End the session “Firefox on Linux”' }).first().click();
      await page.getByRole('status').getByText('The session is ended.').waitFor();
      expect(await page.locator('.entry').count()).toBe(3);
      await page.getByRole('button', { name: 'End all other sessions' }).click();
      await page.getByRole('status').getByText('All other sessions are ended.').waitFor();
      expect(await page.locator('.entry').count()).toBe(1);
      expect(await page.getByRole('button', { name: 'End all other sessions' }).count()).toBe(0);
      for (const other of others) {
        await visit(other, 'sessions');
        await other.waitForURL(`${stage.site}/sign-in?error=session_expired`);
      }
      expect(await isSignedIn(page, stage.site)).toBe(true);
    }, 60_000);

    it('tell what happened, newest first', async () => {
      const person = newPerson(stage, 'two addresses');
      const page = await stage.newPage({ javaScriptEnabled });
      await signIn(page, stage.site, { provider: 'Google', person });
      await link(page, stage.site, 'Auth0', person);
      await visit(page, 'activity');
      const titles = await page.locator('.entry-title').allTextContents();
      expect(titles[0]).toBe('A way to sign in was linked (Auth0)');
      expect(titles).toEqual(expect.arrayContaining(['Signed in (Google)', 'Account made (Google)']));
      await signOut(page, stage.site);
      await signIn(page, stage.site, { provider: 'Google', person });
      await visit(page, 'activity');
      const ended = page.locator('.entry').filter({ hasText: 'A session was ended' });
      expect(await ended.textContent()).toContain('Chrome on Linux, 127.0.0.1');
      expect(await page.locator('.entry').first().textContent()).toContain('127.0.0.1');
      expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0);
    });

    it('delete the account for whoever types that, and sign out everywhere', async () => {
      const person = newPerson(stage, 'two addresses');
      const [page, elsewhere] = [await stage.newPage({ javaScriptEnabled }), await stage.newPage()];
      for (const one of [elsewhere, page]) await signIn(one, stage.site, { provider: 'Google', person });
      await visit(page, 'delete');
      await page.getByLabel('To go on, type').fill('yes');
      await page.getByRole('button', { name: 'Delete the account' }).click();
      await page.getByRole('alert').getByText('Nothing was deleted').waitFor();
      expect(await isSignedIn(elsewhere, stage.site)).toBe(true);
      await page.getByLabel('To go on, type').fill('delete my account');
      await page.getByRole('button', { name: 'Delete the account' }).click();
      await page.getByRole('status').getByText('Your account is deleted').waitFor();
      expect(page.url()).toBe(`${stage.site}/sign-in?notice=account_deleted`);
      expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(SESSION_COOKIE);
      await visit(elsewhere, 'sessions');
      await elsewhere.waitForURL(`${stage.site}/sign-in?error=session_expired`);
    });
  });

  it('page through a long history', async () => {
    const { google } = stage.product.identityProvider;
    const person = newPerson(stage, 'two addresses');
    const key = person.replace('Person ', 'person');
    for (let count = 0; count < 25; count++) {
      const body = JSON.stringify({ id_token: (await google.issue(key)).idToken });
      const headers = { 'Content-Type': 'application/json' };
      await fetch(`${stage.product.addresses.backend}/auth/google`, { method: 'POST', headers, body });
    }
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await visit(page, 'activity');
    const timesOf = (): Promise<string[]> =>
      page.evaluate<string[]>(`[...document.querySelectorAll('.entry time')].map(({ dateTime }) => dateTime)`);
    const newest = await timesOf();
    expect(newest).toHaveLength(20);
    expect(newest).toEqual([...newest].sort().reverse());
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('link', { name: 'Back to the newest' }).waitFor();
    const [oldestOfNewest = '', newestOfOlder = ''] = [newest.at(-1) ?? '', (await timesOf())[0] ?? ''];
    expect(newestOfOlder).not.toBe('');
    expect(newestOfOlder <= oldestOfNewest).toBe(true);
    await visit(page, 'activity?before=nonsense');
    await page.getByRole('alert').getByText('Something went wrong.').waitFor();
  });
});
