import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, FORM, postForm } from './support/forms';
import { rawRequest } from './support/raw-request';
import { isSignedIn, signIn } from './support/sign-in.steps';

interface ActionCall {
  headers: Record<string, string>;
  body: string;
}

/** Adds a note, and yields how the browser told the site to. */
async function callOfAddingNote(page: Page, text: string): Promise<ActionCall> {
  const called = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByLabel('New note').fill(text);
  await page.getByRole('button', { name: 'Add note' }).click();
  const request = await called;
  const headers = await request.allHeaders();
  expect(headers['next-action']).toBeTruthy();
  await page.getByText('Note added.').waitFor();
  return { headers, body: request.postData() ?? '' };
}

describeInBrowser('a forged request', {}, (stage) => {
  it.each<Record<string, string>>([{}, { csrfToken: '' }, { csrfToken: '0'.repeat(64) }])(
    'F7 starts no sign-in with %j',
    async (fields) => {
      const { cookie } = await csrfPair(stage.site);
      const answer = await postForm(stage.site, '/api/auth/signin/google', fields, cookie);
      expect(answer.headers.location).toContain(`${stage.site}/api/auth/signin`);
    },
  );

  it('F7 ends no session without the CSRF token of this browser', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const csrfToken of ['', (await csrfPair(stage.site)).token]) {
      await postForm(stage.site, '/api/auth/signout', { csrfToken, reach: 'everywhere' }, cookies);
      expect((await page.goto(`${stage.site}/account`))?.url()).toBe(`${stage.site}/account`);
    }
    expect(await isSignedIn(page, stage.site)).toBe(true);
  });

  it.each([
    ['application/json', '{"csrfToken":"x"}', 415],
    ['text/plain', 'csrfToken=x', 415],
    [FORM, `a=${'x'.repeat(20_000)}`, 413],
  ])('F7 is not read as %s', async (type, body, status) => {
    const headers = { 'Content-Type': type };
    const answer = await rawRequest(`${stage.site}/api/auth/signout`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });

  it.each([
    ['F8 calls no action without a session', { Cookie: '' }],
    [
      'F7 calls no action from the page of another site',
      { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example', Host: 'evil.example' },
    ],
  ] as [string, Record<string, string>][])('%s', async (_title, changes) => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Wanda Keller', from: '/sign-in?callbackUrl=/notes' });
    const call = await callOfAddingNote(page, 'Mine');
    const sent: Record<string, string> = {
      'Next-Action': call.headers['next-action'] ?? '',
      'Content-Type': call.headers['content-type'] ?? '',
      Cookie: call.headers.cookie ?? '',
      Origin: stage.site,
    };
    const repeat = async (headers: Record<string, string>, text: string): Promise<number> => {
      const body = call.body.replaceAll('Mine', text);
      return (await rawRequest(`${stage.site}/notes`, { method: 'POST', headers, body })).status;
    };
    await repeat({ ...sent, ...changes }, 'Forged');
    // The same call without what makes it a forgery is an honest one.
    expect(await repeat(sent, 'Honest')).toBe(200);
    await page.reload();
    expect(await page.getByText('Forged').count()).toBe(0);
    expect(await page.locator('.note-text').first().textContent()).toBe('Honest');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'])('H7 is refused without a crash as %s', async (method) => {
    for (const path of ['/', '/api/auth/signout', '/notes'])
      expect((await rawRequest(`${stage.site}${path}`, { method })).status).toBeLessThan(500);
  });

  it.each(['verify-request', '_log', 'callback/unknown', 'signin/unknown', 'constructor'])(
    'finds nothing at /api/auth/%s',
    async (action) => {
      expect((await rawRequest(`${stage.site}/api/auth/${action}`, {})).status).toBe(404);
    },
  );
});
