import { issuedAgo, LinkingPerson, refusedWith } from '../support/linking-person';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp();
}, 60_000);
afterAll(() => server?.stop());
beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));

/** Ada with a session from each of her two identities. */
async function adaAtBoth(
  first: IssuerName = 'google',
  second: IssuerName = 'auth0',
): Promise<{ byFirst: LinkingPerson; bySecond: LinkingPerson }> {
  const byFirst = await LinkingPerson.of(server, first, 'ada');
  await byFirst.link(second, 'ada');
  return { byFirst, bySecond: await LinkingPerson.of(server, second, 'ada') };
}

const stateOf = async (person: LinkingPerson): Promise<number> => (await person.get('/accounts/me')).status;

describe.each<[IssuerName, IssuerName]>([
  ['google', 'auth0'],
  ['auth0', 'google'],
])('unlinking, at an account of %s and then %s,', (first, second) => {
  it('the further one ends the tokens that came from it, and no other', async () => {
    const { byFirst, bySecond } = await adaAtBoth(first, second);
    const { id } = await byFirst.identityAt(second);
    expect(await byFirst.unlink(id)).toMatchObject({ status: 204, text: '' });
    expect([await stateOf(byFirst), await stateOf(bySecond)]).toEqual([200, 401]);
    expect((await byFirst.identities()).map(({ provider }) => provider)).toEqual([first]);
    expect(await byFirst.events()).toContainEqual(['identity_unlinked', { identity: id, ended: 1 }]);
    const stranger = await LinkingPerson.of(server, second, 'ada');
    expect([stranger.isNew, stranger.account.id === byFirst.account.id]).toEqual([true, false]);
  });

  it('the first one makes the other one primary, whose profile the account then has', async () => {
    const { byFirst, bySecond } = await adaAtBoth(first, second);
    expect((await byFirst.unlink((await byFirst.identityAt(first)).id)).status).toBe(204);
    // The caller's own token came from it.
    expect([await stateOf(byFirst), await stateOf(bySecond)]).toEqual([401, 200]);
    const { email } = server.idp[second].person('ada');
    expect((await bySecond.get('/accounts/me')).body).toMatchObject({ email, email_verified: true });
    expect(await bySecond.identities()).toEqual([expect.objectContaining({ provider: second, primary: true })]);
    const again = await LinkingPerson.of(server, second, 'ada');
    expect(again.account.id).toBe(bySecond.account.id);
  });
});

describe('unlinking', () => {
  it('is refused for the last identity', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    expect(refusedWith(await ada.unlink((await ada.identityAt('google')).id))).toEqual([409, 'last_identity']);
    expect(await stateOf(ada)).toBe(200);
  });

  it.each(['019a9f3e-7c1d-7b52-9a63-0c2f5a4be001', 'x', '%27', 'null'])('knows no identity %s', async (id) => {
    const { byFirst } = await adaAtBoth();
    expect(refusedWith(await byFirst.unlink(id))).toEqual([404, 'not_found']);
  });

  it('does not reach an identity of somebody else', async () => {
    const { byFirst } = await adaAtBoth();
    const sam = await LinkingPerson.of(server, 'google', 'sam');
    expect(refusedWith(await byFirst.unlink((await sam.identityAt('google')).id))).toEqual([404, 'not_found']);
    expect(await sam.identities()).toHaveLength(1);
  });

  it('wants a fresh sign-in', async () => {
    await adaAtBoth();
    const stale = await LinkingPerson.of(server, 'google', 'ada', issuedAgo(700));
    const { id } = await stale.identityAt('auth0');
    expect(refusedWith(await stale.unlink(id))).toEqual([401, 'insufficient_user_authentication']);
  });

  it('ends rotated and personal tokens that came from the identity', async () => {
    const { byFirst, bySecond } = await adaAtBoth();
    const made = await bySecond.post('/auth/tokens', { name: 'Backup', scopes: ['account:read'] });
    const rotated = await bySecond.post('/auth/token/rotate', {});
    expect([made.status, rotated.status]).toEqual([201, 200]);
    expect((await byFirst.unlink((await byFirst.identityAt('auth0')).id)).status).toBe(204);
    for (const { token } of [made.body, rotated.body]) {
      expect((await server.api('/accounts/me', { token })).status).toBe(401);
    }
  });

  it('ends tokens from before it was known which identity signed in, if they are of its provider', async () => {
    const { byFirst, bySecond } = await adaAtBoth();
    await server.dataSource.query('update social_auth_token set identity_id = null');
    const wish = { name: 'Backup', scopes: ['account:read'] };
    const personal = [
      (await byFirst.post('/auth/tokens', wish)).body,
      (await bySecond.post('/auth/tokens', wish)).body,
    ];
    expect((await byFirst.unlink((await byFirst.identityAt('auth0')).id)).status).toBe(204);
    expect([await stateOf(byFirst), await stateOf(bySecond)]).toEqual([200, 401]);
    const states = personal.map(async ({ token }) => (await server.api('/accounts/me', { token })).status);
    expect(await Promise.all(states)).toEqual([200, 401]);
  });

  it('leaves no address with the account that only the unlinked identity has proven', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    await ada.link('auth0', 'ada');
    // Somebody else has come to hold the address of the identity that remains.
    const taken = { email: server.idp.auth0.person('ada').email, email_verified: true };
    const holder = await LinkingPerson.of(server, 'google', 'sam', taken);
    expect(holder.account.email_verified).toBe(true);
    const bySecond = await LinkingPerson.of(server, 'auth0', 'ada');
    await ada.unlink((await ada.identityAt('google')).id);
    expect((await bySecond.get('/accounts/me')).body).toMatchObject({ email: taken.email, email_verified: false });
    expect((await holder.get('/accounts/me')).body).toMatchObject({ email: taken.email, email_verified: true });
  });
});
