import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, postForm } from './support/forms';
import { expectUntouched, INTENT_COOKIE, intentOf, newLinkingPerson, requestCookies } from './support/link-request';
import { goToLink, newPerson } from './support/linking.steps';
import { interceptAnswer, SESSION_COOKIE, signIn, signOut, tokenOf } from './support/sign-in.steps';

describeInBrowser('a link that somebody else wants', { exposeApiToken: true }, (stage) => {
  it('F7 starts with no form of another site', async () => {
    const victim = await newLinkingPerson(stage);
    const { token: csrfToken } = await csrfPair(stage.site);
    const fields = `<input name="csrfToken" value="${csrfToken}"><input name="purpose" value="link">`;
    const body = `<form method="post" action="${stage.site}/api/auth/signin/auth0">${fields}<button>Win</button></form>`;
    await victim.page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body }));
    await victim.page.goto('http://evil.example/');
    await victim.page.getByRole('button', { name: 'Win' }).click();
    await victim.page.waitForURL(`${stage.site}/**`);
    expect(await intentOf(victim.page)).toBe('');
    await expectUntouched(stage, victim);
  });

  it('F7 starts with no form without the CSRF token of this browser', async () => {
    const victim = await newLinkingPerson(stage);
    const cookies = (await victim.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const csrfToken of ['', '0'.repeat(64), (await csrfPair(stage.site)).token]) {
      const answer = await postForm(stage.site, '/api/auth/signin/auth0', { csrfToken, purpose: 'link' }, cookies);
      expect(answer.headers.location).toContain(`${stage.site}/api/auth/signin`);
      expect(JSON.stringify(answer.headers['set-cookie'] ?? [])).not.toContain(INTENT_COOKIE);
    }
  });

  it('M4 links nothing of an attacker who sends a victim to their own answer', async () => {
    const [victim, attacker] = [await newLinkingPerson(stage), await newLinkingPerson(stage)];
    await goToLink(attacker.page, stage.site, 'Auth0');
    const answer = await interceptAnswer(attacker.page, stage.site, attacker.person);
    await victim.page.goto(answer.href);
    await expectUntouched(stage, victim);
  });

  it('M4 links nothing of an attacker who could even plant all cookies of the request', async () => {
    const [victim, attacker] = [await newLinkingPerson(stage), await newLinkingPerson(stage)];
    await goToLink(attacker.page, stage.site, 'Auth0');
    const answer = await interceptAnswer(attacker.page, stage.site, attacker.person);
    await victim.page.context().addCookies(await requestCookies(attacker.page));
    await victim.page.goto(answer.href);
    await victim.page.getByRole('alert').getByText('Nothing was linked').waitFor();
    expect(victim.page.url()).toBe(`${stage.site}/account/identities?error=link_unfinished`);
    await victim.page.goto(answer.href);
    await expectUntouched(stage, victim);
  });

  it('M4 does not pass to the session of somebody else in the same browser', async () => {
    const { page, person } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const answer = await interceptAnswer(page, stage.site, person);
    const cookies = await requestCookies(page);
    await signOut(page, stage.site);
    const other = newPerson(stage, 'two addresses');
    await signIn(page, stage.site, { provider: 'Google', person: other });
    expect(await intentOf(page)).toBe('');
    const token = await tokenOf(page, stage.site);
    await page.context().addCookies(cookies);
    await page.goto(answer.href);
    expect(page.url()).toBe(`${stage.site}/account/identities?error=link_unfinished`);
    await expectUntouched(stage, { page, token });
  });

  it('signs nobody in whose session has gone meanwhile', async () => {
    const { page, person } = await newLinkingPerson(stage);
    await goToLink(page, stage.site, 'Auth0');
    const answer = await interceptAnswer(page, stage.site, person);
    await page.context().clearCookies({ name: SESSION_COOKIE });
    for (const _turn of ['at first', 'and again']) {
      await page.goto(answer.href);
      expect(page.url()).toContain(`${stage.site}/sign-in`);
      expect(await tokenOf(page, stage.site)).toBeUndefined();
    }
  });
});
