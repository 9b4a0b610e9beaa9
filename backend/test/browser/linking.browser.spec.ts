import { describeInBrowser } from './support/describe-in-browser';
import { accountId, bothWays, goToLink, link, linkedProviders, newPerson } from './support/linking.steps';
import { isSignedIn, signIn, signOut, tokenOf } from './support/sign-in.steps';

describeInBrowser('linking while signed in', { exposeApiToken: true }, (stage) => {
  describe.each(bothWays)('$second to an account made with $first', ({ first, second }) => {
    it.each([true, false])('leads to one account by either, and changes no session; scripts: %p', async (scripts) => {
      const person = newPerson(stage, 'two addresses');
      const page = await stage.newPage({ javaScriptEnabled: scripts });
      await signIn(page, stage.site, { provider: first, person });
      const [token, id] = [await tokenOf(page, stage.site), await accountId(page, stage.site)];
      expect(await linkedProviders(page, stage.site)).toEqual([first]);
      expect(await page.getByRole('button', { name: /^Unlink/ }).count()).toBe(0);
      await link(page, stage.site, second, person);
      expect(page.url()).toBe(`${stage.site}/account/identities?notice=identity_linked`);
      await page.getByRole('status').getByText('Linked.').waitFor();
      expect(await page.getByRole('button', { name: /^Link / }).count()).toBe(0);
      expect(await tokenOf(page, stage.site)).toBe(token);
      expect(await linkedProviders(page, stage.site)).toEqual(['Auth0', 'Google']);
      await signOut(page, stage.site);
      await signIn(page, stage.site, { provider: second, person });
      expect(await accountId(page, stage.site)).toBe(id);
    });

    it('can be undone from the other', async () => {
      const person = newPerson(stage, 'two addresses');
      const page = await stage.newPage();
      await signIn(page, stage.site, { provider: first, person });
      await link(page, stage.site, second, person);
      await page.getByRole('button', { name: new RegExp(`^Unlink ${second}`) }).click();
      await page.getByRole('status').getByText('Unlinked.').waitFor();
      expect(await linkedProviders(page, stage.site)).toEqual([first]);
      expect(await isSignedIn(page, stage.site)).toBe(true);
    });

    it('signs out whoever unlinks the way that they came', async () => {
      const person = newPerson(stage, 'two addresses');
      const page = await stage.newPage();
      await signIn(page, stage.site, { provider: first, person });
      await link(page, stage.site, second, person);
      await page.getByRole('button', { name: new RegExp(`^Unlink ${first}`) }).click();
      await page.getByRole('status').getByText('so you are signed out: sign in another way').waitFor();
      expect(await isSignedIn(page, stage.site)).toBe(false);
      await signIn(page, stage.site, { provider: second, person });
      expect(await linkedProviders(page, stage.site)).toEqual([second]);
    });

    it('is refused where it leads to another account', async () => {
      const [person, other] = [newPerson(stage, 'two addresses'), newPerson(stage, 'two addresses')];
      const [page, elsewhere] = [await stage.newPage(), await stage.newPage()];
      await signIn(elsewhere, stage.site, { provider: second, person: other });
      await signIn(page, stage.site, { provider: first, person });
      await link(page, stage.site, second, other);
      expect(page.url()).toBe(`${stage.site}/account/identities?error=identity_in_use`);
      await page.getByRole('alert').getByText('already leads to another account here').waitFor();
      expect(await linkedProviders(page, stage.site)).toEqual([first]);
      expect(await linkedProviders(elsewhere, stage.site)).toEqual([second]);
    });

    it('is left as it was by somebody who cancels', async () => {
      const page = await stage.newPage();
      await signIn(page, stage.site, { provider: first, person: newPerson(stage, 'two addresses') });
      const token = await tokenOf(page, stage.site);
      await goToLink(page, stage.site, second);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('alert').getByText('Nothing was linked: you cancelled').waitFor();
      expect(page.url()).toBe(`${stage.site}/account/identities?error=link_cancelled`);
      expect(await tokenOf(page, stage.site)).toBe(token);
    });
  });

  it('is explained where the provider cannot be reached', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    await page.goto(`${stage.site}/account/identities`);
    stage.product.identityProvider.auth0.fault('discovery', '503');
    try {
      await page.getByRole('button', { name: 'Link Auth0' }).click();
      await page.getByRole('alert').getByText('The sign-in service cannot be reached').waitFor();
      expect(page.url()).toBe(`${stage.site}/account/identities?error=OAuthSignin`);
    } finally {
      stage.product.identityProvider.auth0.resetFaults();
    }
  });

  it('asks the provider for a sign-in that is new', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    const asked = page.waitForRequest((request) => request.url().includes('/auth0/authorize'));
    await goToLink(page, stage.site, 'Auth0');
    expect(new URL((await asked).url()).searchParams.get('max_age')).toBe('0');
  });
});
