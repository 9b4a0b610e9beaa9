import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './support/describe-in-browser';
import { newPerson } from './support/linking.steps';
import { signIn } from './support/sign-in.steps';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const publicPages = [
  '/',
  '/sign-in',
  '/sign-in?error=email_in_use&provider=google',
  '/sign-in?notice=signed_out',
  '/no',
];
const privatePages = [
  '/',
  '/account',
  '/account?notice=confirm_sign_out',
  '/account/sessions?notice=session_ended',
  '/account/identities?error=last_identity',
  '/account/activity',
  '/account/delete?error=confirmation_missing',
  '/sign-in?error=insufficient_user_authentication&callbackUrl=/account/delete',
  '/notes',
];
const longText = 'Donaudampfschifffahrtsgesellschaft'.repeat(12);

/** What axe-core finds wrong with the page, as "rule: element". */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const options = `{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }`;
  const result = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `axe.run(document, ${options})`,
  );
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function addNote(page: Page, site: string, text: string): Promise<void> {
  await page.goto(`${site}/notes`);
  await page.getByLabel('New note', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByText('Note added.').waitFor();
}

describeInBrowser('how the pages look', { exposeApiToken: true }, (stage) => {
  const visit = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${stage.site}${path}`);
    if (path === '/notes') await page.getByLabel('New note, straight from this browser').waitFor();
  };

  it.each(['light', 'dark'] as const)(
    'in %s colours, nothing that axe-core could blame',
    async (colorScheme) => {
      const page = await stage.newPage({ colorScheme });
      const blamed: Record<string, string[]> = {};
      for (const path of publicPages) {
        await visit(page, path);
        blamed[path] = await findings(page);
      }
      await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
      await addNote(page, stage.site, 'Something to see');
      for (const path of privatePages) {
        await visit(page, path);
        blamed[`${path} signed in`] = await findings(page);
      }
      expect(Object.entries(blamed).filter(([, found]) => found.length > 0)).toEqual([]);
    },
    60_000,
  );

  it.each([320, 390])(
    '%i pixels wide, without scrolling sideways and with room for a finger',
    async (width) => {
      const page = await stage.newPage({ viewport: { width, height: 700 } });
      const check = async (path: string): Promise<void> => {
        await visit(page, path);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
        for (const target of await page.locator('button:visible, nav a:visible').all()) {
          const box = await target.boundingBox();
          expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44);
        }
      };
      for (const path of publicPages) await check(path);
      await signIn(page, stage.site, { provider: 'Auth0', person: 'Wanda Keller' });
      await addNote(page, stage.site, longText);
      for (const path of privatePages) await check(path);
    },
    60_000,
  );

  it.each([
    { colorScheme: 'light', width: 1_280 },
    { colorScheme: 'dark', width: 320 },
  ] as const)('$width pixels wide in $colorScheme colours, with as much to show as there may be', async (look) => {
    const { colorScheme, width } = look;
    const page = await stage.newPage({ colorScheme, viewport: { width, height: 700 } });
    const person = newPerson(stage, 'one address');
    const check = async (): Promise<void> => {
      expect([page.url(), await findings(page)]).toEqual([page.url(), []]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    };
    await signIn(await stage.newPage(), stage.site, { provider: 'Google', person });
    await signIn(page, stage.site, { provider: 'Auth0', person });
    await check();
    await signIn(page, stage.site, { provider: 'Google', person });
    await page.getByRole('heading', { name: 'Link your Auth0 sign-in to this account?' }).waitFor();
    await check();
    await page.getByRole('button', { name: 'Link Auth0' }).click();
    await page.getByRole('button', { name: /^Unlink Auth0/ }).waitFor();
    await check();
    await page.goto(`${stage.site}/account/sessions`);
    expect(await page.locator('.entry').count()).toBe(2);
    await check();
  });

  it('by keyboard alone, from the first key to the provider', async () => {
    const page = await stage.newPage();
    await page.goto(stage.site);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Continue with Google');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
  });

  it('after deleting a note, with the focus on what happened', async () => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: 'Cleo Marsh' });
    await addNote(page, stage.site, 'Soon gone');
    await page.getByRole('button', { name: 'Delete the note “Soon gone”' }).click();
    await page.getByText('Note deleted.').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Note deleted.');
  });

  it('without a word of complaint in the console of the browser', async () => {
    const page = await stage.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    await signIn(page, stage.site, { provider: 'Google', person: 'Ada Winter' });
    for (const path of privatePages) await visit(page, path);
    expect(complaints).toEqual([]);
  });
});
