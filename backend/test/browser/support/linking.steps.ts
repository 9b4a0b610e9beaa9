import type { Page } from 'playwright-core';
import type { Stage } from './describe-in-browser';
import { pickPerson } from './sign-in.steps';

/** A provider by the name on its buttons. */
export type ProviderTitle = 'Google' | 'Auth0';

/** One way to an account and the other, both ways round. */
export const bothWays = [
  { first: 'Google', second: 'Auth0' },
  { first: 'Auth0', second: 'Google' },
] as const;

let count = 0;

/** Somebody whom both providers know; with two addresses, or with one that is verified at both. Yields the name. */
export function newPerson(stage: Stage, addresses: 'two addresses' | 'one address'): string {
  count += 1;
  const [key, name] = [`person${count}`, `Person ${count}`];
  for (const id of ['google', 'auth0'] as const) {
    const host = addresses === 'one address' ? 'example.com' : `${id}.example`;
    const more = { note: 'made for a test', email: `${key}@${host}`, emailVerified: true };
    stage.product.identityProvider[id].addPerson({ key, name, subject: `${id}|${key}`, ...more });
  }
  return name;
}

/** Goes to the provider with the button that links, and stops there. */
export async function goToLink(page: Page, site: string, provider: ProviderTitle): Promise<void> {
  await page.goto(`${site}/account/identities`);
  await page.getByRole('button', { name: `Link ${provider}`, exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
}

/** Links what a person has at a provider, by the buttons alone. */
export async function link(page: Page, site: string, provider: ProviderTitle, person: string): Promise<void> {
  await goToLink(page, site, provider);
  await pickPerson(page, person);
  await page.waitForURL(`${site}/**`);
}

/** The providers that the page about them shows as linked. */
export async function linkedProviders(page: Page, site: string): Promise<string[]> {
  await page.goto(`${site}/account/identities`);
  const titles = await page.locator('.entry-title').allTextContents();
  return titles.map((title) => title.split(' ')[0] ?? '').sort();
}

/** The id of the account that the browser is signed in to. */
export async function accountId(page: Page, site: string): Promise<string> {
  await page.goto(`${site}/account`);
  return (await page.locator('.facts code').textContent()) ?? '';
}
