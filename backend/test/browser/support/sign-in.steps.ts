import type { Page } from 'playwright-core';

/** Whom to sign in, and how. */
export interface SignInChoice {
  readonly provider: 'Google' | 'Auth0';
  /** The name on the button of the demo identity provider. */
  readonly person: string;
  /** The page with the buttons; `/` by default. */
  readonly from?: string;
}

/** Goes to the provider and picks a person there, as one does: by the buttons alone. */
export async function signIn(page: Page, site: string, { provider, person, from = '/' }: SignInChoice): Promise<void> {
  await goToProvider(page, site, provider, from);
  await page.getByRole('button', { name: person, exact: true }).click();
  await page.waitForURL(`${site}/**`);
}

/** Goes to the page of the provider on which a person is picked. */
export async function goToProvider(page: Page, site: string, provider: string, from = '/'): Promise<void> {
  await page.goto(`${site}${from}`);
  await page.getByRole('button', { name: `Continue with ${provider}` }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
}
