import type { Page } from 'playwright-core';
import type { Stage } from './describe-in-browser';
import { linkedProviders, newPerson } from './linking.steps';
import { signIn, tokenOf } from './sign-in.steps';

/** The name of the cookie that makes a link of a provider's answer. */
export const INTENT_COOKIE = 'link-intent';

/** Somebody who is signed in with Google, and known to Auth0. */
export interface LinkingPerson {
  page: Page;
  person: string;
  /** The backend's token of the session. */
  token: string;
}

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

/** Signs a new person in with Google. */
export async function newLinkingPerson(stage: Stage): Promise<LinkingPerson> {
  const person = newPerson(stage, 'two addresses');
  const page = await stage.newPage();
  await signIn(page, stage.site, { provider: 'Google', person });
  return { page, person, token: await tokenOf(page, stage.site) };
}

/** That the session is the same as before, and that nothing was linked to its account. */
export async function expectUntouched(stage: Stage, { page, token }: Omit<LinkingPerson, 'person'>): Promise<void> {
  expect(await tokenOf(page, stage.site)).toBe(token);
  expect(await linkedProviders(page, stage.site)).toEqual(['Google']);
}

/** Everything that makes an authorization request this browser's own. */
export async function requestCookies(page: Page): Promise<Cookies> {
  const cookies = await page.context().cookies();
  return cookies.filter(({ name, value }) => /state|verifier|nonce|link-intent/.test(name) && value !== '');
}

/** The intent to link that the browser keeps, empty where there is none. */
export async function intentOf(page: Page): Promise<string> {
  return (await page.context().cookies()).find(({ name }) => name === INTENT_COOKIE)?.value ?? '';
}

/** Plants an intent to link. */
export function plantIntent(page: Page, site: string, value: string): Promise<void> {
  return page.context().addCookies([{ name: INTENT_COOKIE, value, url: site, httpOnly: true, sameSite: 'Lax' }]);
}
