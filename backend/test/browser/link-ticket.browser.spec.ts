import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { accountId, bothWays, linkedProviders, newPerson, type ProviderTitle } from './support/linking.steps';
import { sessionSecret } from './support/product-environment';
import { isSignedIn, pickPerson, signIn, signOut } from './support/sign-in.steps';
import { scriptVisible, Traffic } from './support/traffic';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { decode } = jest.requireActual<{ decode: (params: object) => Promise<{ ticket: string }> }>('next-auth/jwt');

const TICKET = 'link-ticket';

describeInBrowser('an address that belongs to an account made the other way', {}, (stage) => {
  const ticketCookie = async (page: Page) => (await page.context().cookies()).find(({ name }) => name === TICKET);
  /** Makes an account the first way, is refused the second way, and goes on the first way. */
  const beAsked = async (page: Page, person: string, first: ProviderTitle, second: ProviderTitle): Promise<string> => {
    await signIn(page, stage.site, { provider: first, person });
    const id = await accountId(page, stage.site);
    await signOut(page, stage.site);
    await signIn(page, stage.site, { provider: second, person });
    await page.getByRole('alert').getByText(`Sign in with ${first}, as before; then it can be linked`).waitFor();
    await page.getByRole('button', { name: `Continue with ${first}` }).click();
    await pickPerson(page, person);
    await page.getByRole('heading', { name: `Link your ${second} sign-in to this account?` }).waitFor();
    expect(page.url()).toBe(`${stage.site}/account/link`);
    return id;
  };

  describe.each(bothWays)('$first, and is shown with $second', ({ first, second }) => {
    it.each([true, false])('can be linked to it afterwards; scripts: %p', async (javaScriptEnabled) => {
      const person = newPerson(stage, 'one address');
      const page = await stage.newPage({ javaScriptEnabled });
      const id = await beAsked(page, person, first, second);
      await page.getByRole('button', { name: `Link ${second}` }).click();
      await page.getByRole('status').getByText('Linked.').waitFor();
      expect(await ticketCookie(page)).toBeUndefined();
      expect(await linkedProviders(page, stage.site)).toEqual(['Auth0', 'Google']);
      await signOut(page, stage.site);
      await signIn(page, stage.site, { provider: second, person });
      expect(await accountId(page, stage.site)).toBe(id);
    });

    it('is left alone by whoever declines, who is not asked again', async () => {
      const person = newPerson(stage, 'one address');
      const page = await stage.newPage();
      await beAsked(page, person, first, second);
      await page.getByRole('button', { name: 'Do not link' }).click();
      await page.getByRole('status').getByText('Nothing was linked.').waitFor();
      expect(await ticketCookie(page)).toBeUndefined();
      expect(await linkedProviders(page, stage.site)).toEqual([first]);
      await signOut(page, stage.site);
      await signIn(page, stage.site, { provider: first, person });
      expect(page.url()).toBe(`${stage.site}/account`);
    });
  });

  it('works for Sam, who has one address at both', async () => {
    const page = await stage.newPage();
    await beAsked(page, 'Sam Rivers', 'Google', 'Auth0');
    expect(await page.getByText('sam.rivers@example.com').count()).toBe(2);
    await page.getByRole('button', { name: 'Link Auth0' }).click();
    await page.getByRole('status').getByText('Linked.').waitFor();
  });

  it('M4 is not linked to the account of somebody else, even if they agree', async () => {
    const [person, other] = [newPerson(stage, 'one address'), newPerson(stage, 'two addresses')];
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await signOut(page, stage.site);
    await signIn(page, stage.site, { provider: 'Auth0', person });
    await signIn(page, stage.site, { provider: 'Google', person: other });
    await page.getByRole('button', { name: 'Link Auth0' }).click();
    await page.getByRole('alert').getByText('they belong to different people').waitFor();
    expect(page.url()).toBe(`${stage.site}/account/identities?error=link_ticket_invalid`);
    expect(await ticketCookie(page)).toBeUndefined();
    expect(await linkedProviders(page, stage.site)).toEqual(['Google']);
  });

  it('F3 is proven by a ticket that no script, page, address or log holds', async () => {
    const page = await stage.newPage();
    const traffic = Traffic.of(page);
    await beAsked(page, newPerson(stage, 'one address'), 'Google', 'Auth0');
    const cookie = await ticketCookie(page);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const inMinutes = ((cookie?.expires ?? 0) * 1_000 - Date.now()) / 60_000;
    expect(inMinutes).toBeGreaterThan(1);
    expect(inMinutes).toBeLessThanOrEqual(60);
    const { ticket } = await decode({ token: cookie?.value, secret: sessionSecret, salt: TICKET });
    expect(ticket.length).toBeGreaterThan(20);
    expect(await scriptVisible(page)).not.toContain(ticket);
    for (const { url, headers, body } of await traffic.exchanges())
      expect(`${url} ${JSON.stringify(headers)} ${body}`).not.toContain(ticket);
    expect(stage.product.log).not.toContain(ticket);
  });

  it('is forgotten by a sign-out', async () => {
    const page = await stage.newPage();
    await beAsked(page, newPerson(stage, 'one address'), 'Google', 'Auth0');
    await signOut(page, stage.site);
    expect(await ticketCookie(page)).toBeUndefined();
    expect(await isSignedIn(page, stage.site)).toBe(false);
  });

  it('shows its page to nobody who was not refused before', async () => {
    const page = await stage.newPage();
    await page.goto(`${stage.site}/account/link`);
    expect(page.url()).toContain(`${stage.site}/sign-in`);
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    await page.goto(`${stage.site}/account/link`);
    expect(page.url()).toBe(`${stage.site}/account/identities`);
  });
});
