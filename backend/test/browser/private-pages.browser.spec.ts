import { describeInBrowser } from './support/describe-in-browser';
import { sessionSecret } from './support/product-environment';
import { rawRequest } from './support/raw-request';
import { SESSION_COOKIE } from './support/sign-in.steps';

// By name alone: the types of next-auth bring those of Next into the whole backend.
const { encode } = jest.requireActual<{ encode: (params: object) => Promise<string> }>('next-auth/jwt');

const PRIVATE_WORDS = /Account details|Through this site|Signed up with|New note/;

/** A session cookie that nobody signed in for. */
function madeUpSession(secret: string): Promise<string> {
  const account = { id: 'x', email: null, name: 'Forged', picture: null, provider: 'google' };
  const apiSession = { token: 'nte_forged', expiresAt: Math.floor(Date.now() / 1_000) + 600, account };
  return encode({ secret, token: { apiSession } });
}

describeInBrowser('a private page', {}, (stage) => {
  it.each([
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-Segment-Prefetch': '/account' },
    { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%2C%7B%22children%22%3A%5B%22account%22%2C%7B%7D%5D%7D%5D' },
    { 'x-nextjs-data': '1' },
    { 'x-middleware-prefetch': '1' },
    { 'x-middleware-rewrite': '/account' },
    { 'x-matched-path': '/account' },
    { 'x-invoke-path': '/account' },
  ] as Record<string, string>[])('F8 shows nothing to somebody with %j', async (headers) => {
    for (const path of ['/account', '/notes', '/account.rsc', '/_next/data/build/account.json']) {
      const answer = await rawRequest(`${stage.site}${path}`, { headers });
      expect(answer.body).not.toMatch(PRIVATE_WORDS);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('F9 knows nobody by a session made with another secret', async () => {
    for (const [secret, accepted] of [
      [sessionSecret, true],
      ['another-secret-another-secret-another', false],
    ] as const) {
      const headers = { Cookie: `${SESSION_COOKIE}=${await madeUpSession(secret)}` };
      const home = await rawRequest(`${stage.site}/`, { headers });
      expect(home.body.includes('Hello, ')).toBe(accepted);
    }
  });

  it('F9 knows nobody by a session in the Authorization header', async () => {
    const headers = { Authorization: `Bearer ${await madeUpSession(sessionSecret)}` };
    expect((await rawRequest(`${stage.site}/`, { headers })).body).not.toContain('Hello, ');
    expect((await rawRequest(`${stage.site}/account`, { headers })).status).toBe(307);
  });
});
