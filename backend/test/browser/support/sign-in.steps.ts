import type { Page } from 'playwright-core';

/** Whom to sign in, and how. */
export interface SignInChoice {
  /** As the button calls it. */
  readonly provider: string;
  /** The name on the button of the demo identity provider. */
  readonly person: string;
  /** The page with the buttons; `/` by default. */
  readonly from?: string;
}

/** The name of the cookie that holds a session. */
export const SESSION_COOKIE = 'next-auth.session-token';

/** Goes to the provider and picks a person there, as one does: by the buttons alone. */
export async function signIn(page: Page, site: string, choice: SignInChoice): Promise<void> {
  await goToProvider(page, site, choice);
  await pickPerson(page, choice.person);
  await page.waitForURL(`${site}/**`);
}

/** Goes to the page of the provider on which a person is picked. */
export async function goToProvider(
  page: Page,
  site: string,
  { provider, from = '/' }: Pick<SignInChoice, 'provider' | 'from'>,
): Promise<void> {
  await page.goto(`${site}${from}`);
  await page.getByRole('button', { name: `Continue with ${provider}` }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
}

/** Picks a person at the provider. */
export async function pickPerson(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: person, exact: true }).click();
}

/** Signs in up to the last step, and yields the address that the provider would have sent the browser to. */
export async function interceptCallback(page: Page, site: string, choice: SignInChoice): Promise<URL> {
  await goToProvider(page, site, choice);
  return interceptAnswer(page, site, choice.person);
}

/** Picks a person at the provider, and yields the address that it would have sent the browser to. */
export async function interceptAnswer(page: Page, site: string, person: string): Promise<URL> {
  const button = page.getByRole('button', { name: person, exact: true });
  const form = { person: (await button.getAttribute('value')) ?? '' };
  let answer = await page.request.post(page.url(), { form, maxRedirects: 0 });
  for (;;) {
    const next = new URL(answer.headers().location ?? '', answer.url());
    if (next.origin === site) return next;
    answer = await page.request.get(next.href, { maxRedirects: 0 });
  }
}

/** Signs out, and waits until it is done. */
export async function signOut(page: Page, site: string): Promise<void> {
  await page.goto(`${site}/account`);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
}

/** The backend's token of the browser's session, where the site hands it out. */
export async function tokenOf(page: Page, site: string): Promise<string> {
  const session: unknown = await (await page.request.get(`${site}/api/auth/session`)).json();
  return (session as { authToken: string }).authToken;
}

/** Whether the browser has a session. */
export async function isSignedIn(page: Page, site: string): Promise<boolean> {
  const session = (await (await page.request.get(`${site}/api/auth/session`)).json()) as object;
  return 'user' in session;
}
