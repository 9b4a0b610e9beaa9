import { AccountClient } from '../support/account-client';
import { concrete, routesOf, startAndListRoutes } from '../support/app-routes';
import { asOperator } from '../support/as-operator';
import type { TestApp } from '../support/test-app';

const FRESH_CHALLENGE = 'Bearer realm="api", error="insufficient_user_authentication", max_age=600';

describe('the rotation of a token', () => {
  let server: TestApp;
  let routes: string[];
  beforeAll(async () => {
    ({ server, routes } = await startAndListRoutes({ DOCS: 'true' }));
  }, 60_000);
  beforeEach(() => server.dataSource.query('truncate social_auth_account cascade'));
  afterAll(() => server?.stop());

  const signIn = (): Promise<AccountClient> => AccountClient.of(server);

  /** Lets the grace of all rotations pass. */
  const passGrace = (): Promise<void> =>
    asOperator(
      server.app,
      "update social_auth_token set rotated_at = rotated_at - interval '31 s' where rotated_at is not null",
    );

  it('gives a successor with the same end, which is shown once', async () => {
    const ada = await signIn();
    const { expires_at } = await ada.currentSession();
    const answer = await ada.post('/auth/token/rotate');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^nte_[0-9A-Za-z]{49}$/) as string,
      token_type: 'Bearer',
      expires_at,
      expires_in: expect.any(Number) as number,
    });
    expect(answer.body.token).not.toBe(ada.token);
    expect(answer.body.expires_in).toBeGreaterThan(86_390);
    expect(answer.body.expires_in).toBeLessThanOrEqual(86_400);
  });

  it('leaves both tokens working within the grace, and answers a second rotation 409', async () => {
    const ada = await signIn();
    const next = await ada.rotate();
    for (const client of [ada, next]) expect(await client.state()).toEqual([200, undefined]);
    const again = await ada.post('/auth/token/rotate');
    expect([again.status, again.body.code]).toEqual([409, 'token_already_rotated']);
    expect((await (await next.rotate()).state())[0]).toBe(200);
  });

  it('X4 is answered once more after the grace, if the first answer was lost', async () => {
    const ada = await signIn();
    const lost = await ada.rotate();
    await passGrace();
    const found = await ada.rotate();
    expect(await lost.state()).toEqual([401, 'invalid_token']);
    expect(await found.state()).toEqual([200, undefined]);
  });

  it('X4 ends everything when the answer that was lost turns up while the other is in use', async () => {
    const ada = await signIn();
    const caught = await ada.rotate();
    await passGrace();
    const found = await ada.rotate();
    expect(await found.state()).toEqual([200, undefined]);
    expect(await caught.state()).toEqual([401, 'invalid_token']);
    expect(await found.state()).toEqual([401, 'invalid_token']);
    const types = (await (await signIn()).events()).map(({ type }) => type);
    expect(types).toContain('token_reuse_detected');
  });

  it('X4 ends everything after the grace, if the successor was used: one of the two was stolen', async () => {
    const ada = await signIn();
    const next = await ada.rotate();
    expect(await next.state()).toEqual([200, undefined]);
    await passGrace();
    const answer = await ada.post('/auth/token/rotate');
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
    expect(await next.state()).toEqual([401, 'invalid_token']);
    const types = (await (await signIn()).events()).map(({ type }) => type);
    expect(types).toContain('token_reuse_detected');
  });

  it('X4 is all that a superseded token reaches, and trying more changes nothing while its successor is unused', async () => {
    const ada = await signIn();
    await ada.rotate();
    await passGrace();
    const reached: string[] = [];
    for (const route of routes.filter((name) => !routesOf('public', 'rotation').includes(name))) {
      const { method, path } = concrete(route);
      const { status, body, headers } = await server.api(path, { method, token: ada.token });
      if (status !== 401 || body.code !== 'invalid_token') reached.push(route);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
    }
    expect(reached).toEqual([]);
    expect((await ada.post('/auth/token/rotate')).status).toBe(200);
  });

  it('gives no freshness: a rotated token is asked for a sign-in by these routes and no others', async () => {
    const asked: string[] = [];
    for (const route of routes) {
      const { method, path } = concrete(route);
      const { token } = await (await signIn()).rotate();
      const { status, body, headers } = await server.api(path, { method, token });
      if (body.code !== 'insufficient_user_authentication') continue;
      expect([route, status, headers.get('www-authenticate')]).toEqual([route, 401, FRESH_CHALLENGE]);
      asked.push(route);
    }
    expect(asked).toEqual(routesOf('fresh'));
  });

  it('gives a personal token nothing', async () => {
    const { token } = await (await signIn()).makePersonalToken();
    const answer = await new AccountClient(server, token).post('/auth/token/rotate');
    expect([answer.status, answer.body.code]).toEqual([403, 'insufficient_scope']);
  });

  it('makes no token that could make a personal one: a thief would have one that outlives the family', async () => {
    const next = await (await signIn()).rotate();
    const answer = await next.post('/auth/tokens', { name: 'mine', scopes: ['account:read'] });
    expect([answer.status, answer.body.code]).toEqual([401, 'insufficient_user_authentication']);
  });

  it('stands in the log', async () => {
    const ada = await signIn();
    const { id } = await ada.currentSession();
    const next = await ada.rotate();
    expect((await next.events())[0]).toMatchObject({ type: 'token_rotated', token_id: id, provider: 'google' });
  });
});
