import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { bothWays, linkedProviders, newPerson, type ProviderTitle } from './support/linking.steps';
import { isSignedIn, pickPerson, signIn, tokenOf } from './support/sign-in.steps';

const FRESH_SECONDS = 10;
const untilStale = (): Promise<void> => sleep((FRESH_SECONDS + 1) * 1_000);

describeInBrowser('a sign-in that is too old', { freshSignInSeconds: FRESH_SECONDS, exposeApiToken: true }, (stage) => {
  /** Signs in once more, as the page asks, and comes back to where that was. */
  const signInOnceMore = async (page: Page, provider: ProviderTitle, person: string, back: string): Promise<void> => {
    await page.getByRole('alert').getByText('Please sign in once more to do this.').waitFor();
    expect(await isSignedIn(page, stage.site)).toBe(true);
    expect(await page.getByRole('button', { name: /^Continue with/ }).count()).toBe(1);
    await page.getByRole('button', { name: `Continue with ${provider}` }).click();
    await pickPerson(page, person);
    await page.waitForURL(`${stage.site}${back}`);
  };

  it.each(bothWays)(
    'is made new with $first before anybody goes to $second to link',
    async ({ first, second }) => {
      const person = newPerson(stage, 'two addresses');
      const page = await stage.newPage();
      await signIn(page, stage.site, { provider: first, person });
      await untilStale();
      await page.goto(`${stage.site}/account/identities`);
      await page.getByRole('button', { name: `Link ${second}` }).click();
      await signInOnceMore(page, first, person, '/account/identities');
      await page.getByRole('button', { name: `Link ${second}` }).click();
      await pickPerson(page, person);
      await page.getByRole('status').getByText('Linked.').waitFor();
    },
    60_000,
  );

  it('is made new before the account is deleted; without scripts', async () => {
    const person = newPerson(stage, 'two addresses');
    const page = await stage.newPage({ javaScriptEnabled: false });
    await signIn(page, stage.site, { provider: 'Auth0', person });
    await untilStale();
    const remove = async (): Promise<void> => {
      await page.getByLabel('To go on, type').fill('delete my account');
      await page.getByRole('button', { name: 'Delete the account' }).click();
    };
    await page.goto(`${stage.site}/account/delete`);
    await remove();
    await signInOnceMore(page, 'Auth0', person, '/account/delete');
    await remove();
    await page.getByRole('status').getByText('Your account is deleted').waitFor();
  }, 60_000);

  it('is good for everything else, and stays if the person does not want to', async () => {
    const person = newPerson(stage, 'two addresses');
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    const token = await tokenOf(page, stage.site);
    await untilStale();
    await page.goto(`${stage.site}/account/identities`);
    await page.getByRole('button', { name: 'Link Auth0' }).click();
    await page.getByRole('alert').getByText('Please sign in once more').waitFor();
    await page.goto(`${stage.site}/session/ended`);
    expect(await linkedProviders(page, stage.site)).toEqual(['Google']);
    expect(await tokenOf(page, stage.site)).toBe(token);
  }, 60_000);

  it('asks for the provider of the session, not for that of the account', async () => {
    const person = newPerson(stage, 'two addresses');
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await page.goto(`${stage.site}/account/identities`);
    await page.getByRole('button', { name: 'Link Auth0' }).click();
    await pickPerson(page, person);
    await page.getByRole('status').getByText('Linked.').waitFor();
    await signIn(page, stage.site, { provider: 'Auth0', person, from: '/sign-in?error=access_denied' });
    await untilStale();
    await page.goto(`${stage.site}/account/identities`);
    await page.getByRole('button', { name: /^Unlink Google/ }).click();
    const asked = page.waitForRequest((request) => request.url().includes('/auth0/authorize'));
    await signInOnceMore(page, 'Auth0', person, '/account/identities');
    expect(new URL((await asked).url()).searchParams.get('max_age')).toBe('0');
    await page.getByRole('button', { name: /^Unlink Google/ }).click();
    await page.getByRole('status').getByText('Unlinked.').waitFor();
  }, 60_000);
});
