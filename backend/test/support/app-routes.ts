import type { Environment } from '../../src/app/settings/environment';
import { startTestApp, type TestApp } from './test-app';

/**
 * What a route of the reference server asks for: `scope`: a token, a personal one with the scope that it names too;
 * `token`: a sign-in token; `rotation`: as that, or a superseded one; `fresh`: one of a fresh sign-in; `admin`: one of an
 * administrator; `operator`: the token of the metrics, and nothing of an account.
 */
export type RouteClass = 'public' | 'operator' | 'scope' | 'token' | 'rotation' | 'fresh' | 'admin';

/** Every route of the reference server. A new one is added here by a decision, never by accident. */
export const APP_ROUTES: Readonly<Record<string, RouteClass>> = {
  'GET /docs': 'public',
  'GET /docs-json': 'public',
  'GET /docs/': 'public',
  'GET /docs/*': 'public',
  'GET /docs/LICENSE': 'public',
  'GET /docs/docs/swagger-ui-init.js': 'public',
  'GET /docs/index.html': 'public',
  'GET /docs/swagger-ui-init.js': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  // Where METRICS_TOKEN is set and METRICS_PORT is not.
  'GET /metrics': 'operator',
  'POST /auth/auth0': 'public',
  'POST /auth/google': 'public',
  'POST /auth/challenge': 'public',
  'POST /auth/tokens/leaked': 'public',
  'GET /accounts/me': 'scope',
  'GET /notes': 'scope',
  'POST /notes': 'scope',
  'DELETE /notes/:id': 'scope',
  'GET /accounts/me/events': 'token',
  'GET /accounts/me/identities': 'token',
  'GET /auth/sessions': 'token',
  'DELETE /auth/sessions': 'token',
  'DELETE /auth/sessions/:id': 'token',
  'DELETE /auth/sessions/others': 'token',
  'POST /auth/logout': 'token',
  'POST /auth/logout-all': 'token',
  'POST /auth/tokens': 'fresh',
  'POST /auth/token/rotate': 'rotation',
  'DELETE /accounts/me': 'fresh',
  'DELETE /accounts/me/identities/:id': 'fresh',
  'GET /accounts/me/export': 'fresh',
  'POST /auth/link': 'fresh',
  'POST /auth/link/:provider': 'fresh',
  'GET /admin/accounts': 'admin',
  'GET /admin/accounts/:id': 'admin',
  'GET /admin/accounts/:id/events': 'admin',
  'GET /admin/accounts/:id/sessions': 'admin',
  'GET /admin/events': 'admin',
  'POST /admin/accounts/:id/disable': 'admin',
  'POST /admin/accounts/:id/enable': 'admin',
  'POST /admin/accounts/:id/release-email': 'admin',
  'PUT /admin/accounts/:id/roles': 'admin',
  'DELETE /admin/accounts/:id/sessions': 'admin',
  'DELETE /admin/accounts/:id/sessions/:tokenId': 'admin',
};

/** The routes of some classes, sorted. */
export const routesOf = (...classes: RouteClass[]): string[] =>
  Object.entries(APP_ROUTES)
    .filter(([, asked]) => classes.includes(asked))
    .map(([route]) => route)
    .sort();

/** Starts a reference server and lists its routes, as its adapter knows them; HEAD, which each GET has, is left out. */
export async function startAndListRoutes(settings: Environment): Promise<{ server: TestApp; routes: string[] }> {
  const routes = new Set<string>();
  const server = await startTestApp({
    settings,
    onFastify: (fastify) => {
      fastify.addHook('onRoute', ({ method, url }) => {
        for (const name of [method].flat()) if (name !== 'HEAD') routes.add(`${name} ${url}`);
      });
    },
  });
  return { server, routes: [...routes].sort() };
}

/** A route with its method and with an id, of nothing, in the place of each parameter. */
export function concrete(route: string): { method: string; path: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method, path: path.replace(/:\w+/g, '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001') };
}
