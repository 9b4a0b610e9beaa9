import { DemoIdentityProvider, HeadlessSignIn, signInHeadless } from '..';

let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

async function signIn(
  choice: Record<string, string>,
  parameters: Record<string, string> = {},
  redirectUri = 'http://localhost:3000/api/auth/callback/google',
): Promise<HeadlessSignIn> {
  return signInHeadless(idp.google, { choice, redirectUri, parameters });
}

it('offers everybody by name, and returns access_denied on Cancel', async () => {
  const { callback, page } = await signIn({ cancel: 'yes' });
  for (const key of ['ada', 'ben', 'cleo', 'sam', 'wanda']) {
    const { name } = idp.google.person(key);
    expect(page).toMatch(new RegExp(`<button name="person" value="${key}"[^>]*>${name}</button>`));
  }
  expect(callback.searchParams.get('error')).toBe('access_denied');
});

it('escapes what people are called', async () => {
  idp.google.addPerson({ key: 'mallory', subject: '1', name: '<script>alert(1)</script>', note: '"&' });
  const { page, tokens } = await signIn({ person: 'mallory' });
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script');
  expect(tokens).toBeDefined();
});

it.each(['login', 'consent', 'select_account'])('accepts prompt=%s', async (prompt) => {
  expect((await signIn({ person: 'ada' }, { prompt })).tokens).toBeDefined();
});

it('returns to any loopback port, but to a registered path only', async () => {
  const moved = 'http://127.0.0.1:4711/api/auth/callback/google';
  expect((await signIn({ person: 'ada' }, {}, moved)).tokens).toBeDefined();
  for (const refused of ['http://127.0.0.1:4711/elsewhere', 'https://example.com/api/auth/callback/google'])
    await expect(signIn({ person: 'ada' }, {}, refused)).rejects.toThrow('invalid_redirect_uri');
});

it('explains an expired sign-in', async () => {
  const answer = await fetch(`${idp.google.issuer}/people/unknown`);
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('start again')]);
});

it('draws a person’s picture without running anything', async () => {
  const answer = await fetch(idp.google.person('ada').picture ?? '');
  expect(answer.headers.get('content-type')).toBe('image/svg+xml');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(await answer.text()).toContain('>AW<');
});
