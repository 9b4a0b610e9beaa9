import type { Page } from 'playwright-core';
import type { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { describeInBrowser, type Stage } from './support/describe-in-browser';
import { linkedProviders, newPerson } from './support/linking.steps';
import { goToProvider, isSignedIn, pickPerson, SESSION_COOKIE, signIn } from './support/sign-in.steps';

const CHECKS = ['next-auth.nonce', 'next-auth.pkce.code_verifier', 'next-auth.state'];

/** The tenant of the demo in the place of Apple: asked for a form, it answers by one, from another site than ours. */
const variables = ({ auth0 }: DemoIdentityProvider): Record<string, string> => ({
  APPLE_CLIENT_ID: auth0.clientId,
  APPLE_CLIENT_SECRET: auth0.clientSecret,
  APPLE_ISSUER: auth0.issuer,
  APPLE_JWKS_URI: auth0.jwksUri,
});

/** How the answer of the provider comes to the site, once a person is picked: what the browser posts, and with what. */
async function answerOf(
  page: Page,
  person: string,
): Promise<{ form: URLSearchParams; url: string; cookies: string[] }> {
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/auth/callback/apple')),
    pickPerson(page, person),
  ]);
  const { cookie = '' } = await request.allHeaders();
  const cookies = cookie.split('; ').map((pair) => pair.split('=', 1)[0]!);
  return { form: new URLSearchParams(request.postData() ?? ''), url: request.url(), cookies };
}

const ada = { provider: 'Apple', person: 'Ada Winter' } as const;

describeInBrowser('a provider that answers by a form from its own site', { variables }, (stage: Stage) => {
  it.each([true, false])('lets its people in, with a session before or without: %p', async (hasSession) => {
    const page = await stage.newPage();
    if (hasSession) await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    await signIn(page, stage.site, { ...ada, ...(hasSession && { from: '/sign-in?error=access_denied' }) });
    await page.waitForURL(`${stage.site}/account`);
    await page.goto(`${stage.site}/notes`);
    await page.getByLabel('New note').first().waitFor();
  });

  it('F4 brings the checks of its own sign-in along, and no session', async () => {
    const page = await stage.newPage();
    await goToProvider(page, stage.site, ada);
    const kept = await page.context().cookies(stage.site);
    const checks = kept.filter(({ name }) => CHECKS.includes(name));
    expect(checks.map(({ name }) => name).sort()).toEqual(CHECKS);
    for (const { sameSite, secure, httpOnly } of checks)
      expect([sameSite, secure, httpOnly]).toEqual(['None', true, true]);
    const { cookies, form } = await answerOf(page, ada.person);
    expect(cookies.filter((name) => CHECKS.includes(name)).sort()).toEqual(CHECKS);
    expect(cookies).not.toContain(SESSION_COOKIE);
    expect([...form.keys()]).toEqual(expect.arrayContaining(['code', 'state']));
    await page.waitForURL(`${stage.site}/account`);
    const [session] = (await page.context().cookies(stage.site)).filter(({ name }) => name === SESSION_COOKIE);
    expect(session).toMatchObject({ sameSite: 'Lax', httpOnly: true });
  });

  it('F4 signs nobody in with the answer to somebody else', async () => {
    const [attacker, victim] = [await stage.newPage(), await stage.newPage()];
    await goToProvider(attacker, stage.site, ada);
    await attacker.route('**/api/auth/callback/apple', (route) => route.abort());
    const { form, url } = await answerOf(attacker, ada.person);
    const fields = [...form].map(([name, value]) => `<input name="${name}" value="${value}">`).join('');
    // From a page of another site, as the provider's would be.
    await victim.goto(`${stage.product.identityProvider.auth0.issuer}nowhere`);
    await victim.setContent(`<form method="post" action="${url}">${fields}<button>Go</button></form>`);
    await victim.getByRole('button', { name: 'Go' }).click();
    await victim.waitForURL(/\/sign-in\?.*error=/);
    expect(await isSignedIn(victim, stage.site)).toBe(false);
  });

  it.each([
    ['itself', true],
    ['another issuer', false],
  ])('F4 is let through where it names %s: %p', async (_whom, isItself) => {
    const page = await stage.newPage();
    await goToProvider(page, stage.site, ada);
    await page.route('**/api/auth/callback/apple', (route) => {
      const form = new URLSearchParams(route.request().postData() ?? '');
      if (!isItself) form.set('iss', 'https://evil.example');
      return route.continue({ postData: form.toString() });
    });
    await pickPerson(page, ada.person);
    await page.waitForURL(isItself ? `${stage.site}/account` : /\/sign-in\?.*error=OAuthCallback/);
    expect(await isSignedIn(page, stage.site)).toBe(isItself);
  });

  it('is linked to an account that another provider made', async () => {
    const person = newPerson(stage, 'two addresses');
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await page.goto(`${stage.site}/account/identities`);
    await page.getByRole('button', { name: 'Link Apple' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await pickPerson(page, person);
    await page.waitForURL(`${stage.site}/account/identities?notice=identity_linked`);
    expect(await linkedProviders(page, stage.site)).toEqual(['Apple', 'Google']);
  });
});
