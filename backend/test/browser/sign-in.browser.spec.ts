import { describeInBrowser } from './support/describe-in-browser';
import { goToProvider, isSignedIn, pickPerson, signIn } from './support/sign-in.steps';

describeInBrowser('signing in', {}, (stage) => {
  it.each([
    { provider: 'Google', person: 'Ada Winter', email: 'ada.winter@example.com' },
    { provider: 'Auth0', person: 'Wanda Keller', email: 'wanda@acme.example.org' },
  ] as const)('leads through $provider to notes from the guarded controller', async ({ provider, person, email }) => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider, person });
    expect(page.url()).toBe(`${stage.site}/account`);
    await page.getByText(email).waitFor();
    await page.getByText(provider, { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Notes' }).click();
    await page.getByLabel('New note').fill('Bring <b>milk</b>');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Note added.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Delete the note “Bring <b>milk</b>”' }).click();
    await page.getByText('Note deleted.').waitFor();
    expect(await page.getByText('No notes yet.').isVisible()).toBe(true);
  });

  it('works with scripts turned off', async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    await signIn(page, stage.site, { provider: 'Google', person: 'Wanda Keller', from: '/sign-in?callbackUrl=/notes' });
    await page.getByLabel('New note').fill('Without scripts');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Note added.').waitFor();
    await page.getByRole('button', { name: 'Delete the note “Without scripts”' }).click();
    await page.getByText('No notes yet.').waitFor();
    await page.goto(`${stage.site}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(await isSignedIn(page, stage.site)).toBe(false);
  });

  it('returns to the page that a person asked for', async () => {
    const page = await stage.newPage();
    await page.goto(`${stage.site}/notes`);
    expect(page.url()).toBe(`${stage.site}/sign-in?callbackUrl=%2Fnotes`);
    await page.getByRole('button', { name: 'Continue with Auth0' }).click();
    await pickPerson(page, 'Ada Winter');
    await page.waitForURL(`${stage.site}/notes`);
  });

  it.each([
    { person: 'Ben Okoro', words: 'not verified' },
    { person: 'Cleo Marsh', words: 'No e-mail address' },
  ])('shows what is known of $person: $words', async ({ person, words }) => {
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person });
    await page.getByText(words).waitFor();
  });

  it('explains that an address belongs to an account made at the other provider', async () => {
    const first = await stage.newPage();
    await signIn(first, stage.site, { provider: 'Google', person: 'Sam Rivers' });
    const second = await stage.newPage();
    await signIn(second, stage.site, { provider: 'Auth0', person: 'Sam Rivers' });
    expect(second.url()).toBe(`${stage.site}/sign-in?error=email_in_use&provider=google`);
    await second.getByRole('alert').getByText('Sign in with Google, as before; then it can be linked').waitFor();
    expect(await isSignedIn(second, stage.site)).toBe(false);
    await second.getByRole('button', { name: 'Continue with Google' }).click();
    await pickPerson(second, 'Sam Rivers');
    await second.waitForURL(`${stage.site}/account/link`);
    expect(await isSignedIn(second, stage.site)).toBe(true);
  });

  it('explains that the person cancelled at the provider', async () => {
    const page = await stage.newPage();
    await goToProvider(page, stage.site, { provider: 'Auth0' });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(`${stage.site}/sign-in?error=access_denied`);
    await page.getByRole('alert').getByText('the sign-in was cancelled').waitFor();
  });

  it('explains that the provider cannot be reached', async () => {
    const page = await stage.newPage();
    await page.goto(stage.site);
    stage.product.identityProvider.google.fault('discovery', '503');
    try {
      await page.getByRole('button', { name: 'Continue with Google' }).click();
      await page.getByRole('alert').getByText('The sign-in service cannot be reached').waitFor();
    } finally {
      stage.product.identityProvider.google.resetFaults();
    }
  });

  it('explains that the provider broke off in the middle', async () => {
    const page = await stage.newPage();
    await goToProvider(page, stage.site, { provider: 'Google' });
    stage.product.identityProvider.google.fault('token', '500');
    try {
      await pickPerson(page, 'Ada Winter');
      await page.getByRole('alert').getByText('The sign-in was not completed.').waitFor();
    } finally {
      stage.product.identityProvider.google.resetFaults();
    }
  });

  it('F12 shows name and picture from the provider as what they are, never as markup', async () => {
    const name = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    stage.product.identityProvider.google.addPerson({
      key: 'mallory',
      subject: '100000000000000000666',
      name,
      note: 'means harm',
      email: 'mallory@example.net',
      emailVerified: true,
      picture: 'javascript:document.title=3',
    });
    const page = await stage.newPage();
    await signIn(page, stage.site, { provider: 'Google', person: name });
    await page.getByText(name).waitFor();
    expect(await page.title()).toBe('Account · Token Exchange');
    expect(await page.locator('main img').count()).toBe(0);
  });
});
