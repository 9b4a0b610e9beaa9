import { randomBytes } from 'node:crypto';
import { errorCatalogue } from '../../src/social-auth';
import { APP_ROUTES, concrete, routesOf, startAndListRoutes } from '../support/app-routes';
import { startTestApp, type TestApp } from '../support/test-app';

const METRICS_TOKEN = randomBytes(32).toString('hex');

const realmOf = (route: string): string => (routesOf('operator').includes(route) ? 'metrics' : 'api');

describe('G1 the routes of the running server', () => {
  let server: TestApp;
  let routes: string[];

  beforeAll(async () => {
    ({ server, routes } = await startAndListRoutes({ CORS_ORIGINS: '', DOCS: 'true', METRICS_TOKEN }));
  });
  afterAll(() => server?.stop());

  it('answer 401 with a challenge without a token, but for the public ones', async () => {
    const open: string[] = [];
    for (const route of routes) {
      const { method, path } = concrete(route);
      const answer = await server.api(path, { method });
      if (answer.status !== 401) open.push(route);
      else expect(answer.headers.get('www-authenticate')).toBe(`Bearer realm="${realmOf(route)}"`);
    }
    // A sign-in without a body is refused as such, which is not the guard's doing.
    expect(open).toEqual(routesOf('public'));
  });

  it('are these and no others', () => {
    expect(routes).toEqual(Object.keys(APP_ROUTES).sort());
  });

  it('G6 HEAD and OPTIONS run no handler without a token', async () => {
    const { token } = await server.signIn('google', 'ada');
    for (const path of ['/accounts/me', '/accounts/me/events', '/auth/sessions', '/notes']) {
      expect((await server.api(path, { method: 'HEAD' })).status).toBe(401);
      expect((await server.api(path, { method: 'HEAD', token })).status).toBe(200);
      expect((await server.api(path, { method: 'OPTIONS' })).status).toBe(405);
      expect((await server.api(path, { method: 'OPTIONS', token })).status).toBe(405);
    }
  });

  it('G7 a provider token opens none of them', async () => {
    const { idToken, accessToken } = await server.idp.auth0.issue('ada', { audience: server.idp.auth0.audience });
    for (const token of [idToken, accessToken]) {
      const answer = await server.api('/accounts/me', { token });
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_token']);
    }
  });
});

describe('the documentation of the API', () => {
  interface Operation {
    summary?: string;
    responses: Record<string, { content?: Record<string, { examples?: object; example?: object }> }>;
    security?: object[];
    tags?: string[];
  }
  let server: TestApp;
  let routes: string[];
  let paths: Record<string, Record<string, Operation>>;

  beforeAll(async () => {
    ({ server, routes } = await startAndListRoutes({ DOCS: 'true' }));
    ({ paths } = JSON.parse((await server.api('/docs-json')).text) as { paths: typeof paths });
  });
  afterAll(() => server?.stop());

  const operations = (): [string, Operation][] =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        operation,
      ]),
    );

  it('describes every route of the running server', () => {
    const expected = routes.filter((route) => !route.includes('/docs'));
    expect(
      operations()
        .map(([route]) => route)
        .sort(),
    ).toEqual(expected);
  });

  it('lists every route once, under one heading', () => {
    for (const [route, { tags }] of operations())
      expect([route, tags]).toEqual([route, [expect.stringMatching(/^[a-z-]+$/)]]);
  });

  it('says of every route what it is told to do', () => {
    // "List your notes", not "Lists your notes".
    for (const [route, { summary }] of operations())
      expect([route, summary]).toEqual([route, expect.stringMatching(/^[A-Z][a-z]*[^s] .*[^.]$/)]);
  });

  it('describes the errors of every route, with examples', () => {
    for (const [route, { responses, security }] of operations()) {
      const isGuarded = !routesOf('public').includes(route);
      const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400 && status !== '503');
      expect([route, Object.keys(responses)]).toEqual([
        route,
        expect.arrayContaining(isGuarded ? ['401', '503', '500'] : ['500']),
      ]);
      expect([route, security !== undefined]).toEqual([route, isGuarded]);
      for (const [, { content }] of errors) {
        const problem = content?.['application/problem+json'];
        expect([route, problem?.examples ?? problem?.example]).toEqual([route, expect.anything()]);
      }
    }
  });

  it.each([
    ['fresh', '401', 'insufficient_user_authentication'],
    ['admin', '403', 'role_required'],
    ['token', '403', 'insufficient_scope'],
  ] as const)('says of every route that asks for it: %s, %s %s', (asked, status, code) => {
    const asking = operations().filter(([route]) => routesOf(asked).includes(route));
    expect(asking.map(([route]) => route).sort()).toEqual(routesOf(asked));
    for (const [route, { responses }] of asking) {
      const examples = responses[status]?.content?.['application/problem+json']?.examples ?? {};
      expect([route, Object.keys(examples)]).toEqual([route, expect.arrayContaining([code])]);
    }
  });

  it.each(['POST /auth/google', 'POST /auth/auth0', 'POST /auth/link/:provider'])(
    'tells every reason for which %s refuses the token of a provider',
    (route) => {
      const { responses } = operations().find(([name]) => name === route)?.[1] ?? { responses: {} };
      const examples = responses['401']?.content?.['application/problem+json']?.examples ?? {};
      const reasons = Object.keys(errorCatalogue).filter((code) => code.startsWith('provider_token_'));
      expect(reasons).toHaveLength(9);
      expect(Object.keys(examples)).toEqual(expect.arrayContaining(reasons));
    },
  );

  it('tells of the link ticket of an address that another account holds', () => {
    const conflict = paths['/auth/google']?.post?.responses['409']?.content?.['application/problem+json'];
    const members = { link_ticket: expect.anything() as object, link_ticket_expires_in: expect.anything() as object };
    expect(conflict).toMatchObject({
      schema: { properties: members },
      examples: { email_in_use: { value: members } },
    });
  });

  it('is shown at /docs with what its own policy allows', async () => {
    const page = await server.api('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    const script = await server.api('/docs/swagger-ui-init.js');
    expect([script.status, script.text]).toEqual([200, expect.stringContaining('/auth/google')]);
    expect((await server.api('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });

  it('is not served where it is switched off', async () => {
    const closed = await startTestApp({ settings: { DOCS: 'false' } });
    for (const path of ['/docs', '/docs-json', '/docs/', '/docs-yaml']) {
      expect([path, (await closed.api(path)).status]).toEqual([path, 404]);
    }
    await closed.stop();
  });
});
