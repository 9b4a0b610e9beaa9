import { Lifecycle } from '../../src/app/lifecycle/lifecycle';
import { Clock, SocialAuthDatabase } from '../../src/social-auth';
import { startTestApp, type TestApp } from '../support/test-app';

/** A little longer than an answer of the database is kept. */
const KEPT_MS = 1100;

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
      revocations: { feed: 'read', bus: expect.stringMatching(/^(up|down|off)$/) as string },
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

  it('asks the database once for all who ask within a second, as anybody may', async () => {
    const query = jest.spyOn(server.app.get(SocialAuthDatabase), 'query');
    const questions = (): number => query.mock.calls.filter(([{ text }]) => text === 'SELECT 1').length;
    try {
      const clock = server.app.get(Clock);
      let now = clock.monotonic() + KEPT_MS;
      const monotonic = jest.spyOn(clock, 'monotonic').mockImplementation(() => now);
      const ask = () => Promise.all(Array.from({ length: 50 }, () => server.api('/health/ready')));
      const answers = [...(await ask()), ...(await ask())];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(questions()).toBe(1);
      now += KEPT_MS;
      await server.api('/health/ready');
      expect(questions()).toBe(2);
      monotonic.mockRestore();
    } finally {
      query.mockRestore();
    }
  });

  it('is red as soon as the server is stopping, whatever was said before', async () => {
    const stopping = await startTestApp({ idp: server.idp });
    expect((await stopping.api('/health/ready')).status).toBe(200);
    stopping.app.get(Lifecycle).stop();
    const answer = await stopping.api('/health/ready');
    expect([answer.status, answer.body.status]).toEqual([503, 'stopping']);
    await stopping.stop();
  });

  it('gives nothing away', async () => {
    const { text } = await server.api('/health/ready');
    expect(text).not.toMatch(/postgres|127\.0\.0\.1|version|secret|http/i);
  });
});
