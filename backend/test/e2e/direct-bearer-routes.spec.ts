import { APP_ROUTES, concrete, routesOf, type RouteClass } from '../support/app-routes';
import { accessTokenOf, machineTokenOf, newPerson, TAKES_ACCESS_TOKENS, verdictOf } from '../support/direct-bearer';
import { startTestApp, type TestApp } from '../support/test-app';

const EXCHANGE = '403 token_exchange_required';
const HERE = '400 not_revocable_here';
const SCOPE = '403 insufficient_scope';

/** Routes that any token of ours reaches, and a provider's own does not, since it cannot be told from others. */
const NOT_REVOCABLE = ['POST /auth/logout', 'DELETE /auth/sessions/others'];

let server: TestApp;

beforeAll(async () => {
  server = await startTestApp({
    settings: {
      ...TAKES_ACCESS_TOKENS,
      AUTH0_M2M_CLIENT_ID: 'demo-auth0-machine',
      ADMIN_IDENTITIES: 'auth0:auth0|root',
    },
  });
}, 60_000);
afterAll(() => server?.stop());

const SCOPES = ['notes:read', 'notes:write', 'account:read'];
const machine = { azp: 'demo-auth0-machine', sub: 'demo-auth0-machine@clients' };

/** Who sends a bearer token of the provider, and what each class of routes answers; `reached`: the handler itself. */
const SENDERS: [string, () => Promise<string> | string, Record<Exclude<RouteClass, 'public' | 'operator'>, string>][] =
  [
    [
      'a person with full access',
      () => accessTokenOf(server, newPerson()),
      { scope: 'reached', token: 'reached', rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
    [
      'a person with every scope there is',
      () => accessTokenOf(server, { ...newPerson(), permissions: SCOPES }),
      { scope: 'reached', token: SCOPE, rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
    [
      'a person with no permission at all',
      () => accessTokenOf(server, { ...newPerson(), permissions: [] }),
      { scope: SCOPE, token: SCOPE, rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
    [
      'an administrator',
      async () => {
        const token = await accessTokenOf(server, { ...newPerson(), sub: 'auth0|root' });
        const { body } = await server.api('/auth/auth0', { json: { access_token: token } });
        const { status } = await server.api('/admin/accounts', { token: body.token });
        if (status !== 200) throw new Error(`The token of ours was answered ${status}.`);
        return token;
      },
      { scope: 'reached', token: 'reached', rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
    [
      'a machine with every scope there is',
      () => machineTokenOf(server, { ...machine, permissions: SCOPES }),
      { scope: 'reached', token: SCOPE, rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
    [
      'a machine without scopes',
      () => machineTokenOf(server, machine),
      { scope: SCOPE, token: SCOPE, rotation: EXCHANGE, fresh: EXCHANGE, admin: EXCHANGE },
    ],
  ];

describe.each(SENDERS)('G7 the bearer token of %s', (_name, makeToken, expected) => {
  let token: string;
  beforeAll(async () => {
    token = await makeToken();
  });

  // What ends the token itself comes last.
  const guarded = routesOf('scope', 'token', 'rotation', 'fresh', 'admin').sort(
    (one, other) => Number(endsAll(one)) - Number(endsAll(other)),
  );

  it.each(guarded)('at %s', async (route) => {
    const { method, path } = concrete(route);
    const verdict = verdictOf(await server.api(path, { method, token }));
    const asked = APP_ROUTES[route] as Exclude<RouteClass, 'public' | 'operator'>;
    const wanted = NOT_REVOCABLE.includes(route) ? HERE : expected[asked];
    const told = /^(401|403) |not_revocable_here$/.test(verdict) ? verdict : 'reached';
    // The second of the two that end everything comes with a token that the first one has ended.
    const isEnded = endsAll(route) && verdict === '401 provider_token_too_old';
    expect(isEnded ? wanted : told).toBe(wanted);
  });
});

function endsAll(route: string): boolean {
  return route === 'POST /auth/logout-all' || route === 'DELETE /auth/sessions';
}
