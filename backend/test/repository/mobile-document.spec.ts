import { builtInProviders } from '../../src/social-auth';
import { routeOf } from '../../src/social-auth/providers/provider-definition';
import { APP_ROUTES } from '../support/app-routes';
import { COMMON_REQUESTS, DOCUMENTED_TOKENS, MOBILE_CHAPTERS } from '../support/mobile-document';

/** The routes at which ID tokens can be exchanged; those of OpenID Connect are an instance's. */
const exchanges = [
  ...builtInProviders.flatMap((source) => ('controller' in source ? `/${routeOf(source)}` : [])),
  '/auth/oidc/keycloak',
];

describe('docs/mobile.md', () => {
  it('has a row for each chapter, in their order, by which tests act it out', () => {
    expect(MOBILE_CHAPTERS.length).toBeGreaterThan(10);
    expect([...DOCUMENTED_TOKENS.keys()]).toEqual(MOBILE_CHAPTERS.map(({ title }) => title));
  });

  it('speaks of Android, iOS, React Native and Expo', () => {
    const systems = new Set(MOBILE_CHAPTERS.map(({ title }) => title.split(':')[0]));
    expect([...systems]).toEqual(['Android', 'iOS', 'React Native', 'Expo']);
  });

  it('sends every app through requests that there are', () => {
    const sent = COMMON_REQUESTS.map(({ method, path }) => `${method} ${path}`);
    expect(sent).toEqual([
      'POST /auth/challenge',
      'POST /auth/google',
      'GET /accounts/me',
      'POST /auth/token/rotate',
      'POST /auth/logout',
    ]);
    for (const route of sent) expect(APP_ROUTES).toHaveProperty([route]);
  });

  describe.each(MOBILE_CHAPTERS)('$title', ({ text, settings, requests }) => {
    it('has two steps in the console, and a call of the SDK with the nonce', () => {
      expect([...text.matchAll(/^(\d)\. /gm)].map(([, step]) => step)).toEqual(['1', '2']);
      const [, call] = /^```(?:kotlin|swift|ts)\n([^]*?)^```$/m.exec(text) ?? [];
      expect(call).toContain('nonce');
    });

    it('names the site first, and a platform and a rule for each client id of the app', () => {
      const [, clients = ''] = Object.entries(settings).find(([name]) => name.endsWith('_CLIENT_ID')) ?? [];
      const [site, ...apps] = clients.split(',');
      expect(site).toMatch(/^[\w.-]+$/);
      for (const app of apps) expect(app).toMatch(/^[\w.-]+;platform=(android|ios);nonce=required$/);
      expect(apps.length).toBeGreaterThan(0);
    });

    it('posts an ID token to the route of its provider, and nothing else', () => {
      expect(requests.map(({ method }) => method)).toEqual(['POST']);
      expect(exchanges).toContain(requests[0]?.path);
      expect(JSON.parse(requests[0]?.body ?? '')).toHaveProperty('id_token', 'eyJ…');
    });
  });
});
