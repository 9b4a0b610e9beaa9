import { randomInt } from 'node:crypto';
import { AccountClient } from '../support/account-client';
import { countRows } from '../hostile/court';
import {
  accessTokenOf,
  newPerson,
  stateWith,
  TAKES_ACCESS_TOKENS,
  verdictOf,
  type AccessTokenClaims,
} from '../support/direct-bearer';
import { identitiesIn } from '../support/linking-person';
import { startTestApp, type TestApp } from '../support/test-app';

const BEFORE = -5;
const seconds = (fromNow = 0): number => Math.floor(Date.now() / 1_000) + fromNow;

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp({ settings: TAKES_ACCESS_TOKENS });
}, 60_000);
afterAll(() => server?.stop());

/** A new person's token, and the claims to make more of them. */
async function somebody(claims: AccessTokenClaims = {}): Promise<{ token: string; claims: AccessTokenClaims }> {
  const all = { ...newPerson(), iat: seconds(BEFORE), ...claims };
  return { token: await accessTokenOf(server, all), claims: all };
}

describe('an access token of Auth0 as bearer token', () => {
  it('is taken as it is, and makes the account at its first sight alone', async () => {
    const { token, claims } = await somebody();
    const before = await countRows(server);
    const first = await server.api('/accounts/me', { token });
    expect(first).toMatchObject({
      status: 200,
      body: { email: claims['https://example.com/email'], kind: 'person', provider: 'auth0', roles: [] },
    });
    for (let times = 0; times < 3; times += 1) {
      expect((await server.api('/accounts/me', { token })).body.id).toBe(first.body.id);
    }
    const another = await accessTokenOf(server, { ...claims, iat: seconds() });
    expect((await server.api('/accounts/me', { token: another })).body.id).toBe(first.body.id);
    const after = await countRows(server);
    expect(after).toEqual({ ...before, accounts: before.accounts + 1, identities: before.identities + 1 });
  });

  it('writes one entry into the security log, when the account is made', async () => {
    const { token } = await somebody();
    const ada = new AccountClient(server, token);
    for (let times = 0; times < 3; times += 1) await ada.state();
    expect(await ada.events()).toEqual([
      expect.objectContaining({
        type: 'account_created',
        provider: 'auth0',
        token_id: null,
        details: { direct: true },
      }),
    ]);
    expect(await ada.sessions()).toEqual([]);
  });

  it('comes to the account that an exchange has made, and the other way round', async () => {
    const { token } = await somebody();
    const { body } = await server.api('/auth/auth0', { json: { access_token: token } });
    expect((await server.api('/accounts/me', { token })).body.id).toBe(body.account.id);
    const { token: second } = await somebody();
    const made = await server.api('/accounts/me', { token: second });
    const exchanged = await server.api('/auth/auth0', { json: { access_token: second } });
    expect(exchanged.body).toMatchObject({ is_new_account: false, account: { id: made.body.id } });
  });

  it('M2 neither links to the account that holds its address, nor is refused for it, nor holds it', async () => {
    const owner = await server.signIn('google', 'ada');
    const email = owner.account.email;
    const { token } = await somebody({
      'https://example.com/email': email,
      'https://example.com/email_verified': true,
    });
    const { status, body } = await server.api('/accounts/me', { token });
    expect({ status, email: body.email, verified: body.email_verified }).toEqual({
      status: 200,
      email,
      verified: false,
    });
    expect(body.id).not.toBe(owner.account.id);
    expect((await server.signIn('google', 'ada')).account).toMatchObject({
      id: owner.account.id,
      email_verified: true,
    });
  });

  it.each<[string, AccessTokenClaims, string, string, string]>([
    ['no scopes of the API', { scope: 'openid email' }, '200', '200', '200'],
    ['no scope at all', { scope: undefined }, '200', '200', '200'],
    ['a scope of the API', { scope: 'openid notes:read' }, '200', '403 insufficient_scope', '403 insufficient_scope'],
    ['permissions', { permissions: ['notes:read'] }, '200', '403 insufficient_scope', '403 insufficient_scope'],
    [
      'the permission to read the account',
      { permissions: ['account:read'] },
      '403 insufficient_scope',
      '200',
      '403 insufficient_scope',
    ],
    [
      'an empty list of permissions',
      { permissions: [], scope: 'notes:read' },
      '403 insufficient_scope',
      '403 insufficient_scope',
      '403 insufficient_scope',
    ],
  ])('with %s reaches as far as that goes', async (_name, claims, notes, account, sessions) => {
    const { token } = await somebody(claims);
    const ask = async (path: string): Promise<string> => verdictOf(await server.api(path, { token }));
    expect([await ask('/notes'), await ask('/accounts/me'), await ask('/auth/sessions')]).toEqual([
      notes,
      account,
      sessions,
    ]);
  });

  it('G7 is no ID token', async () => {
    const { idToken } = await server.idp.auth0.issue('ada');
    const { status, body, headers } = await server.api('/accounts/me', { token: idToken });
    expect([status, body.code]).toEqual([401, 'provider_token_wrong_kind']);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
  });

  it('G7 is no token of another provider', async () => {
    const { idToken } = await server.idp.google.issue('ada');
    expect(await stateWith(server, idToken)).toMatch(/^401 provider_token_/);
  });

  it('V19 is not opaque: the answer says what is missing', async () => {
    const { accessToken } = await server.idp.auth0.issue('ada');
    expect(await stateWith(server, accessToken)).toBe('401 auth0_audience_missing');
    expect(await stateWith(server, 'AbCdEfGhIjKlMnOpQrStUvWxYz012345')).toBe('401 auth0_audience_missing');
  });

  it('leaves tokens of ours as they are, damaged ones too', async () => {
    const { token } = await server.signIn('auth0', 'ada');
    expect(await stateWith(server, token)).toBe('200');
    expect(await stateWith(server, token.slice(0, -1))).toBe('401 invalid_token');
    expect(await stateWith(server, `${token}a`)).toBe('401 invalid_token');
  });
});

describe('the end of a bearer token of the provider', () => {
  it('is not by sign-out, whatever its scopes', async () => {
    for (const permissions of [undefined, [], ['notes:read']]) {
      const { token } = await somebody({ permissions });
      const answer = await server.api('/auth/logout', { method: 'POST', token });
      expect(verdictOf(answer)).toBe('400 not_revocable_here');
      const others = await server.api('/auth/sessions/others', { method: 'DELETE', token });
      expect(verdictOf(others)).toBe('400 not_revocable_here');
    }
  });

  it.each<[string, (direct: string, own: string) => Promise<unknown>]>([
    ['itself', (direct) => server.api('/auth/logout-all', { method: 'POST', token: direct })],
    ['a token of ours', (_direct, own) => server.api('/auth/logout-all', { method: 'POST', token: own })],
    [
      'a token of ours at the sessions',
      (_direct, own) => server.api('/auth/sessions', { method: 'DELETE', token: own }),
    ],
    ['one that is kept', (_direct, own) => server.api('/auth/sessions/others', { method: 'DELETE', token: own })],
  ])('T6 is by signing out everywhere with %s, at once and for all that were issued before', async (_name, end) => {
    const { token, claims } = await somebody();
    const older = await accessTokenOf(server, { ...claims, iat: seconds(-60) });
    const own = await server.api('/auth/auth0', { json: { access_token: token } });
    expect([await stateWith(server, token), await stateWith(server, older)]).toEqual(['200', '200']);
    await end(token, own.body.token);
    expect([await stateWith(server, token), await stateWith(server, older)]).toEqual([
      '401 provider_token_too_old',
      '401 provider_token_too_old',
    ]);
    // An hour before the minute of skew is over; the account's moment lies behind it.
    const later = await accessTokenOf(server, { ...claims, iat: seconds(2) });
    expect(await stateWith(server, later)).toBe('200');
  });

  it('T6 is that of all of the very second', async () => {
    const { token, claims } = await somebody();
    const { body } = await server.api('/accounts/me', { token });
    const moment = new Date(seconds() * 1_000);
    await server.dataSource.query('update social_auth_account set not_before = $2 where id = $1', [body.id, moment]);
    const same = await accessTokenOf(server, { ...claims, iat: moment.getTime() / 1_000 });
    expect(await stateWith(server, same)).toBe('401 provider_token_too_old');
  });

  it('M9 is with its identity: once that is unlinked it reaches no account, and makes none', async () => {
    const { token, claims } = await somebody({ 'https://example.com/email_verified': true });
    const own = await server.api('/auth/auth0', { json: { access_token: token } });
    const ada = new AccountClient(server, own.body.token);
    const { idToken } = await server.idp.google.issue('ada', {
      claims: { sub: randomInt(1e12).toString(), email: claims['https://example.com/email'] },
    });
    expect((await ada.post('/auth/link/google', { id_token: idToken })).status).toBe(200);
    expect(await stateWith(server, token)).toBe('200');
    const unlinked = identitiesIn(await ada.get('/accounts/me/identities')).find(
      ({ provider }) => provider === 'auth0',
    );
    expect((await ada.delete(`/accounts/me/identities/${unlinked?.id}`)).status).toBe(204);
    const before = await countRows(server);
    expect(await stateWith(server, token)).toBe('401 provider_token_too_old');
    expect(await countRows(server)).toEqual(before);
    const later = await server.api('/accounts/me', {
      token: await accessTokenOf(server, { ...claims, iat: seconds(2) }),
    });
    expect([later.status, later.body.id === own.body.account.id]).toEqual([200, false]);
  });

  it('T6 is recorded where it was the only kind of token', async () => {
    const { token, claims } = await somebody();
    await server.api('/auth/logout-all', { method: 'POST', token });
    const later = new AccountClient(server, await accessTokenOf(server, { ...claims, iat: seconds(2) }));
    expect((await later.events()).map(({ type }) => type)).toEqual(['all_tokens_revoked', 'account_created']);
  });

  it('M9 is when its account is disabled, and stays so when it is enabled again', async () => {
    const { token, claims } = await somebody();
    const { body } = await server.api('/accounts/me', { token });
    const admin = (verb: string): Promise<unknown> =>
      server.dataSource.query(`update social_auth_account set disabled_at = ${verb} where id = $1`, [body.id]);
    await admin('now()');
    // An operator's own statement is heard of within the bound.
    const another = await accessTokenOf(server, { ...claims, iat: seconds(-3) });
    expect(await stateWith(server, another)).toBe('403 account_disabled');
    await admin('null');
    expect(await stateWith(server, another)).toBe('200');
  });

  it('M9 is with its account: an older token makes no new one, a later one does', async () => {
    const { token, claims } = await somebody();
    const { body: own } = await server.api('/auth/auth0', { json: { access_token: token } });
    const { body: made } = await server.api('/accounts/me', { token });
    expect(verdictOf(await server.api('/accounts/me', { method: 'DELETE', token: own.token }))).toBe('204');
    expect(await stateWith(server, token)).toBe('401 provider_token_too_old');
    const later = await accessTokenOf(server, { ...claims, iat: seconds(2) });
    const again = await server.api('/accounts/me', { token: later });
    expect([again.status, again.body.id === made.id]).toEqual([200, false]);
  });
});

describe('a log of bearer tokens of the provider', () => {
  it('L1 has each refusal with its reason and nothing of the token', async () => {
    const { token } = await somebody({ aud: 'https://other.example/' });
    server.logs.clear();
    expect(await stateWith(server, token)).toBe('401 provider_token_wrong_audience');
    expect(server.logs.events('direct_bearer')).toEqual([
      expect.objectContaining({ outcome: 'refused', code: 'provider_token_wrong_audience', provider: 'auth0' }),
    ]);
    for (const part of token.split('.')) expect(server.logs.text).not.toContain(part);
  });
});
