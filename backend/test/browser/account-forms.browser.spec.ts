import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, FORM, postForm } from './support/forms';
import { newPerson } from './support/linking.steps';
import { rawRequest } from './support/raw-request';
import { signIn } from './support/sign-in.steps';

const cookiesOf = async (page: Page): Promise<string> =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

describeInBrowser('the forms of an account', {}, (stage) => {
  it.each([
    ['end-session', 'sessions'],
    ['end-other-sessions', 'sessions'],
    ['unlink', 'identities'],
    ['link', 'link'],
    ['decline-link', 'link'],
    ['delete', 'delete'],
  ])('F7 do nothing for a form %s without the CSRF token of this browser', async (form, back) => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    const cookies = await cookiesOf(page);
    for (const csrfToken of ['', (await csrfPair(stage.site)).token]) {
      const fields = { csrfToken, id: 'x', confirmation: 'delete my account' };
      const answer = await postForm(stage.site, `/api/account/${form}`, fields, cookies);
      expect([answer.status, answer.headers.location]).toEqual([303, `/account/${back}?error=form_outdated`]);
    }
    await page.goto(`${stage.site}/account/sessions`);
    expect(await page.locator('.entry').count()).toBe(1);
  });

  it('F7 end nothing of somebody else, and nothing larger than what they name', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: newPerson(stage, 'two addresses') });
    const [other, elsewhere] = [await stage.newPage(), await stage.newPage()];
    const stranger = { provider: 'Google', person: newPerson(stage, 'two addresses') } as const;
    for (const one of [other, elsewhere]) await signIn(one, stage.site, stranger);
    await other.goto(`${stage.site}/account/sessions`);
    const foreign = await other.locator('input[name=id]').inputValue();
    const cookies = await cookiesOf(page);
    const csrfToken = /csrf-token=([0-9a-f]{64})/.exec(cookies)?.[1] ?? '';
    for (const id of [foreign, '01890000-0000-7000-8000-000000000000', '', '.', '..', 'others']) {
      const ended = await postForm(stage.site, '/api/account/end-session', { csrfToken, id }, cookies);
      expect(ended.headers.location).toBe('/account/sessions?error=not_found');
      const unlinked = await postForm(stage.site, '/api/account/unlink', { csrfToken, id }, cookies);
      expect(unlinked.headers.location).toBe('/account/identities?error=not_found');
    }
    for (const one of [page, other, elsewhere]) {
      await one.goto(`${stage.site}/account/sessions`);
      await one.getByRole('heading', { name: 'Your sessions' }).waitFor();
    }
  });

  it.each([
    ['application/json', '{}', 415],
    [FORM, `a=${'x'.repeat(20_000)}`, 413],
  ])('H2 read no form that is %s or too large', async (type, body, status) => {
    const headers = { 'Content-Type': type };
    const answer = await rawRequest(`${stage.site}/api/account/delete`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });

  it.each(['unknown', 'constructor', '__proto__'])('know no form %s', async (name) => {
    const answer = await postForm(stage.site, `/api/account/${name}`, {}, '');
    expect(answer.status).toBe(404);
    expect((await rawRequest(`${stage.site}/api/account/delete`, {})).status).toBe(405);
  });
});
