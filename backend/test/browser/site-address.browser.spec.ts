import { describeInBrowser } from './support/describe-in-browser';
import { csrfPair, postForm } from './support/forms';
import { rawRequest } from './support/raw-request';

const PATHS = ['/', '/sign-in', '/account', '/session/ended', '/api/auth/signin', '/api/auth/providers'];

describeInBrowser('the address of the site', {}, (stage) => {
  it.each([
    { Host: 'evil.example' },
    { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'host=evil.example;proto=https' },
    { 'X-Forwarded-Host': 'evil.example', Host: 'evil.example', 'X-Forwarded-Port': '1' },
  ] as Record<string, string>[])('F10 is not changed by %j', async (headers) => {
    const { cookie, token } = await csrfPair(stage.site);
    const started = await postForm(
      stage.site,
      '/api/auth/signin/google?redirect_uri=https://evil.example',
      { csrfToken: token },
      cookie,
      headers,
    );
    const authorization = new URL(started.headers.location ?? '');
    expect(authorization.searchParams.get('redirect_uri')).toBe(`${stage.site}/api/auth/callback/google`);
    for (const path of PATHS) {
      const { headers: answered, body } = await rawRequest(`${stage.site}${path}`, { headers });
      expect(`${JSON.stringify(answered)} ${body}`).not.toContain('evil.example');
    }
  });

  it.each(['127.0.0.1', '[::1]'])('is where visitors are sent who know this machine as %s', async (name) => {
    const headers = { Host: `${name}:${new URL(stage.site).port}` };
    const answer = await rawRequest(`${stage.site}/notes?a=b`, { headers });
    expect([answer.status, answer.headers.location]).toEqual([307, `${stage.site}/notes?a=b`]);
  });
});
