import type { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { describeInBrowser } from './support/describe-in-browser';
import { linkedProviders, newPerson } from './support/linking.steps';
import { interceptCallback, isSignedIn, pickPerson, signIn, signOut } from './support/sign-in.steps';

/** The tenant of the demo as an issuer like any other, and the other one under a name with a hyphen. */
const variables = ({ google, auth0 }: DemoIdentityProvider): Record<string, string> => ({
  OIDC_PROVIDERS: 'auth0,google',
  OIDC_AUTH0_TITLE: 'Human Resources',
  OIDC_AUTH0_ISSUER: auth0.issuer,
  OIDC_AUTH0_CLIENT_ID: auth0.clientId,
  OIDC_AUTH0_CLIENT_SECRET: auth0.clientSecret,
  OIDC_GOOGLE_TITLE: 'Partners',
  OIDC_GOOGLE_ISSUER: google.issuer,
  OIDC_GOOGLE_CLIENT_ID: google.clientId,
  OIDC_GOOGLE_CLIENT_SECRET: google.clientSecret,
});

describeInBrowser('instances of OpenID Connect', { variables }, (stage) => {
  it('have a button each, and lead to notes from the guarded controller', async () => {
    const page = await stage.newPage();
    await page.goto(`${stage.site}/sign-in`);
    expect(await page.getByRole('button', { name: /^.*Continue with/ }).count()).toBe(4);
    for (const [provider, person] of [
      ['Human Resources', 'Ada Winter'],
      ['Partners', 'Wanda Keller'],
    ] as const) {
      await signIn(page, stage.site, { provider, person });
      expect(page.url()).toBe(`${stage.site}/account`);
      await page.getByText(provider, { exact: true }).waitFor();
      await page.goto(`${stage.site}/notes`);
      await page.getByLabel('New note').waitFor();
      await signOut(page, stage.site);
    }
  });

  it('are linked to an account that another provider made', async () => {
    const person = newPerson(stage, 'two addresses');
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await page.goto(`${stage.site}/account/identities`);
    await page.getByRole('button', { name: 'Link Human Resources' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await pickPerson(page, person);
    await page.waitForURL(`${stage.site}/account/identities?notice=identity_linked`);
    expect(await linkedProviders(page, stage.site)).toEqual(['Google', 'Human']);
  });

  it('F4 take no answer that was meant for another provider of the same issuer', async () => {
    const page = await stage.newPage();
    const choice = { provider: 'Human Resources', person: 'Ada Winter' };
    const answer = await interceptCallback(page, stage.site, choice);
    expect(answer.pathname).toBe('/api/auth/callback/oidc-auth0');
    await page.goto(answer.href.replace('/callback/oidc-auth0', '/callback/auth0'));
    expect(page.url()).toMatch(/\/sign-in\?.*error=OAuthCallback$/);
    expect(await isSignedIn(page, stage.site)).toBe(false);
  });
});
