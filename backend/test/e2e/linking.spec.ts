import { identitiesIn, issuedAgo, LinkingPerson, refusedWith } from '../support/linking-person';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp();
}, 60_000);
afterAll(() => server?.stop());
beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));

const both: [IssuerName, IssuerName][] = [
  ['google', 'auth0'],
  ['auth0', 'google'],
];

describe.each(both)('linking to an account of %s an identity of %s', (own, other) => {
  it('makes it a second way in', async () => {
    const ada = await LinkingPerson.of(server, own, 'ada');
    const linked = await ada.link(other, 'ada');
    expect(linked.headers.get('cache-control')).toBe('no-store');
    expect(identitiesIn(linked).map(({ provider, primary }) => [provider, primary])).toEqual([
      [own, true],
      [other, false],
    ]);
    const again = await LinkingPerson.of(server, other, 'ada');
    expect([again.account.id, again.isNew]).toEqual([ada.account.id, false]);
    // The profile stays that of the first identity.
    expect(again.account).toEqual(ada.account);
    const { id } = await ada.identityAt(other);
    expect(await ada.events()).toContainEqual(['identity_linked', { identity: id, how: 'explicit' }]);
  });

  it('a second time changes nothing', async () => {
    const ada = await LinkingPerson.of(server, own, 'ada');
    await ada.link(other, 'ada');
    expect(identitiesIn(await ada.link(other, 'ada'))).toHaveLength(2);
    expect(identitiesIn(await ada.link(own, 'ada'))).toHaveLength(2);
    expect((await ada.events()).filter(([type]) => type === 'identity_linked')).toHaveLength(1);
  });

  it('is refused if it signs in to another account', async () => {
    const stranger = await LinkingPerson.of(server, other, 'ada');
    const sam = await LinkingPerson.of(server, own, 'sam');
    expect(refusedWith(await sam.link(other, 'ada'))).toEqual([409, 'identity_in_use']);
    expect(await sam.identities()).toHaveLength(1);
    expect(await stranger.identities()).toHaveLength(1);
  });

  it('M4 is refused unless there is a verified address on both sides', async () => {
    const ada = await LinkingPerson.of(server, own, 'ada');
    expect(refusedWith(await ada.link(other, 'ben'))).toEqual([403, 'email_not_verified']);
    expect(refusedWith(await ada.link(other, 'cleo'))).toEqual([403, 'email_not_verified']);
    const ben = await LinkingPerson.of(server, own, 'ben');
    expect(refusedWith(await ben.link(other, 'ada'))).toEqual([403, 'email_not_verified']);
  });

  it('M4 is refused unless both sides are fresh', async () => {
    const stale = await LinkingPerson.of(server, own, 'ada', issuedAgo(700));
    const ours = await stale.link(other, 'ada');
    expect(refusedWith(ours)).toEqual([401, 'insufficient_user_authentication']);
    const ada = await LinkingPerson.of(server, own, 'ada');
    for (const claims of [issuedAgo(700), issuedAgo(1, 700)]) {
      const theirs = await ada.link(other, 'ada', claims);
      expect(refusedWith(theirs)).toEqual([401, 'insufficient_user_authentication']);
      expect(theirs.headers.get('www-authenticate')).toBe(
        'Bearer realm="api", error="insufficient_user_authentication", max_age=600',
      );
    }
    expect((await ada.link(other, 'ada', issuedAgo(590))).status).toBe(200);
  });

  it('verifies the token as a sign-in does', async () => {
    const ada = await LinkingPerson.of(server, own, 'ada');
    const { idToken } = await server.idp[own].issue('sam');
    expect((await ada.post(`/auth/link/${other}`, { id_token: idToken })).status).toBe(401);
    const genuine = await server.idp[other].issue('ada');
    const forged = `${genuine.idToken.slice(0, -8)}AAAAAAAA`;
    expect(refusedWith(await ada.post(`/auth/link/${other}`, { id_token: forged }))).toEqual([
      401,
      'provider_token_invalid',
    ]);
    const foreign = await server.idp[other].issue('ada', { clientId: server.idp[other].foreignClientId });
    expect(refusedWith(await ada.post(`/auth/link/${other}`, { id_token: foreign.idToken }))).toEqual([
      401,
      'provider_token_wrong_audience',
    ]);
    expect(await ada.identities()).toHaveLength(1);
  });
});

describe('linking', () => {
  it.each(['nothing', 'constructor', '__proto__', 'Google', 'google%00'])('knows no provider %s', async (name) => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const { idToken } = await server.idp.auth0.issue('ada');
    const { status } = await ada.post(`/auth/link/${name}`, { id_token: idToken });
    expect([400, 404]).toContain(status);
    expect(await ada.identities()).toHaveLength(1);
  });

  it('M10, M12 takes nothing beside the token', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const { idToken } = await server.idp.auth0.issue('ada');
    for (const extra of ['account', 'account_id', 'email', 'issuer', 'provider', 'subject']) {
      const answer = await ada.post('/auth/link/auth0', { id_token: idToken, [extra]: 'x' });
      expect(refusedWith(answer)).toEqual([400, 'invalid_request']);
    }
    expect(refusedWith(await ada.post('/auth/link/auth0', {}))).toEqual([400, 'invalid_request']);
  });

  it('H1 takes JSON alone, and a token of ours', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const { idToken } = await server.idp.auth0.issue('ada');
    const json = JSON.stringify({ id_token: idToken });
    for (const path of ['/auth/link', '/auth/link/auth0']) {
      const headers = { 'content-type': 'text/plain' };
      expect((await server.api(path, { json, token: ada.token, headers })).status).toBe(415);
      expect((await server.api(path, { json })).status).toBe(401);
    }
  });

  it('logs every attempt without naming anybody (L3)', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const accepted = await ada.link('auth0', 'ada');
    const refused = await ada.link('auth0', 'ben');
    const lineOf = (answer: { headers: Headers }): object | undefined =>
      server.logs.events('identity_link').find(({ requestId }) => requestId === answer.headers.get('x-request-id'));
    expect(lineOf(accepted)).toMatchObject({ outcome: 'accepted', how: 'explicit', account: ada.account.id });
    expect(lineOf(refused)).toMatchObject({ outcome: 'refused', code: 'email_not_verified' });
  });

  it('D1 counts as a sign-in', async () => {
    const limited = await startTestApp({ settings: { RATE_LIMIT_SIGN_IN: '4' }, idp: server.idp });
    try {
      const ada = await LinkingPerson.of(limited, 'google', 'ada');
      const answers = [];
      for (let time = 0; time < 4; time += 1) answers.push(await ada.link('auth0', 'ben'));
      expect(answers.map(({ status }) => status)).toContain(429);
    } finally {
      await limited.stop();
    }
  });
});

describe('the identities of an account', () => {
  it('are listed to their owner, the oldest first, without subject and issuer', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    await ada.link('auth0', 'ada');
    const answer = await ada.get('/accounts/me/identities');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    const rest = { name: 'Ada Winter', email_verified: true, created_at: moment, last_used_at: moment };
    const id = expect.any(String) as string;
    expect(identitiesIn(answer)).toEqual([
      { ...rest, id, provider: 'google', title: 'Google', email: 'ada.winter@example.com', primary: true },
      { ...rest, id, provider: 'auth0', title: 'Auth0', email: 'ada.winter@example.org', primary: false },
    ]);
    expect(answer.text).not.toContain(server.idp.google.person('ada').subject);
  });

  it('say when they were last used', async () => {
    const ada = await LinkingPerson.of(server, 'google', 'ada');
    const first = await ada.identityAt('google');
    await LinkingPerson.of(server, 'google', 'ada');
    const second = await ada.identityAt('google');
    expect(Date.parse(second.last_used_at ?? '')).toBeGreaterThan(Date.parse(first.last_used_at ?? ''));
    expect(second.created_at).toBe(first.created_at);
  });
});
