import { describeInBrowser } from './support/describe-in-browser';
import { signIn } from './support/sign-in.steps';

describeInBrowser('signing in with the token kept on the server', {}, (stage) => {
  it.each([
    { provider: 'Google', person: 'Ada Winter', email: 'ada.winter@example.com' },
    { provider: 'Auth0', person: 'Wanda Keller', email: 'wanda@acme.example.org' },
  ] as const)('leads through $provider to notes from the guarded controller', async ({ provider, person, email }) => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider, person });
    expect(page.url()).toBe(`${stage.site}/account`);
    await page.getByText(email).waitFor();
    await page.getByRole('link', { name: 'Notes' }).click();
    await page.getByLabel('New note').fill('Bring <b>milk</b>');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Bring <b>milk</b>').first().waitFor();
    await page.getByRole('button', { name: 'Delete the note “Bring <b>milk</b>”' }).click();
    await page.getByText('No notes yet.').waitFor();
  });
});
