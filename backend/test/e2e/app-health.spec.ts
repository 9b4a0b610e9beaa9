import { startTestApp, type TestApp } from '../support/test-app';

describe('health', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });
  afterAll(() => server?.stop());

  it('is told without a token and never cached', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await server.api(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    }
  });

  it('reports the keys of providers and Redis', async () => {
    expect((await server.api('/health/ready')).body).toEqual({
      status: 'ready',
      database: 'up',
      redis: 'not_configured',
      providers: expect.arrayContaining([
        { name: 'google', status: 'unknown' },
        { name: 'auth0', status: 'unknown' },
      ]) as object,
    });
    await server.signIn('google', 'ada');
    const { providers } = (await server.api('/health/ready')).body;
    expect(providers).toContainEqual({ name: 'google', status: 'up', keysAgeSeconds: expect.any(Number) as number });
  });

  it('is not red because a provider or Redis is down', async () => {
    const lonely = await startTestApp({ idp: server.idp, settings: { REDIS_URL: 'redis://127.0.0.1:1' } });
    server.idp.auth0.fault('jwks', '500');
    expect((await lonely.postIdToken('auth0', 'ada')).status).toBe(503);
    server.idp.auth0.fault('jwks', undefined);
    const answer = await lonely.api('/health/ready');
    expect([answer.status, answer.body.redis]).toEqual([200, 'down']);
    expect(answer.body.providers).toContainEqual({ name: 'auth0', status: 'down' });
    await lonely.stop();
  });

  it('gives nothing away', async () => {
    const { text } = await server.api('/health/ready');
    expect(text).not.toMatch(/postgres|127\.0\.0\.1|version|secret|http/i);
  });
});
