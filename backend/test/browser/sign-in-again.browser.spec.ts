import { describeInBrowser, type Stage } from './support/describe-in-browser';
import { goToProvider, signIn, tokenOf, type SignInChoice } from './support/sign-in.steps';

const ada = { provider: 'Google', person: 'Ada Winter' } as const;
// The page offers its buttons to somebody who is signed in only while it has a refusal to explain.
const again = { from: '/sign-in?error=access_denied' };

/** What the backend answers to somebody who comes with the token. */
async function statusOf(stage: Stage, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(`${stage.product.addresses.backend}/accounts/me`, { headers })).status;
}

describeInBrowser('signing in again', { exposeApiToken: true }, (stage) => {
  it.each<SignInChoice>([
    { ...ada, ...again },
    { provider: 'Auth0', person: 'Wanda Keller', ...again },
  ])('F7 as $person with $provider ends the token of the session that it replaces', async (choice) => {
    const [page, elsewhere] = [await stage.newPage(), await stage.newPage()];
    await signIn(page, stage.site, ada);
    await signIn(elsewhere, stage.site, ada);
    const old = await tokenOf(page, stage.site);
    await signIn(page, stage.site, choice);
    await page.getByText(choice.person).waitFor();
    expect(await statusOf(stage, old)).toBe(401);
    expect(await statusOf(stage, await tokenOf(page, stage.site))).toBe(200);
    expect(await statusOf(stage, await tokenOf(elsewhere, stage.site))).toBe(200);
  });

  it('in vain ends nothing', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    const token = await tokenOf(page, stage.site);
    await goToProvider(page, stage.site, { provider: 'Google', ...again });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alert').getByText('the sign-in was cancelled').waitFor();
    expect(await tokenOf(page, stage.site)).toBe(token);
    expect(await statusOf(stage, token)).toBe(200);
  });
});

const deaf = { exposeApiToken: true, unansweredPath: '/auth/logout' };
describeInBrowser('signing in again, with a backend that answers no sign-out', deaf, (stage) => {
  it('F7 succeeds without waiting for the answer', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, ada);
    const old = await tokenOf(page, stage.site);
    // The answer that never comes would be waited for without end.
    await signIn(page, stage.site, { provider: 'Auth0', person: 'Wanda Keller', ...again });
    await page.getByText('Wanda Keller').waitFor();
    expect(stage.product.unanswered).toBe(1);
    expect(await tokenOf(page, stage.site)).not.toBe(old);
    expect(stage.product.log).not.toContain('SIGN_IN_EVENT_ERROR');
  });
});
