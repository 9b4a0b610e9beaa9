import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import NextAuth, { type Account } from 'next-auth';
import type { NextApiRequest, NextApiResponse } from 'next';
import { readFrontendSettings } from '../settings/frontend.settings';
import { authOptions } from './auth.options';

const ACCESS_TOKEN = 'an-access-token-of-the-provider';
const TOKEN_PATHS = { github: '/login/oauth/access_token', facebook: '/graph/oauth/access_token' } as const;
type Id = keyof typeof TOKEN_PATHS;

const servers: Server[] = [];
const proofs: (Account | null)[] = [];
const exchanges: { path: string; body: URLSearchParams; authorization: string | undefined }[] = [];
let provider = '';
let site = '';

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<string> {
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  return new URLSearchParams(body);
}

async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
  exchanges.push({
    path: request.url ?? '',
    body: await bodyOf(request),
    authorization: request.headers.authorization,
  });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ access_token: ACCESS_TOKEN, token_type: 'bearer', scope: 'user:email' }));
}

/** next-auth behind a plain server: as the site has it, without the pages. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', site);
  const cookies = (request.headers.cookie ?? '').split('; ').map((pair): [string, string] => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? [];
    return [name, decodeURIComponent(value)];
  });
  const body = Object.fromEntries(await bodyOf(request));
  const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) };
  const parsed = {
    query,
    body,
    cookies: Object.fromEntries(cookies),
  };
  const answer = Object.assign(response, {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    send: (content: unknown) => response.end(typeof content === 'string' ? content : JSON.stringify(content)),
  });
  const settings = readFrontendSettings({
    NEXTAUTH_URL: site,
    NEXTAUTH_SECRET: '0123456789abcdef0123456789abcdef',
    GITHUB_CLIENT_ID: 'our-client',
    GITHUB_CLIENT_SECRET: 'our-secret',
    GITHUB_ISSUER: provider,
    FACEBOOK_APP_ID: 'our-client',
    FACEBOOK_APP_SECRET: 'our-secret',
    FACEBOOK_ISSUER: provider,
    FACEBOOK_GRAPH_URI: `${provider}/graph`,
  });
  const options = authOptions(settings, {
    mustAskAnew: url.searchParams.has('anew'),
    onProof: ({ account }) => {
      proofs.push(account);
      return Promise.resolve('/proven');
    },
    onSignIn: () => Promise.resolve(),
    onSignOut: () => Promise.resolve(),
  });
  await NextAuth(
    Object.assign(request, parsed) as unknown as NextApiRequest,
    answer as unknown as NextApiResponse,
    options,
  );
}

beforeAll(async () => {
  provider = await listen(exchange);
  site = await listen(serve);
  process.env.NEXTAUTH_URL = site;
});
afterAll(() => {
  delete process.env.NEXTAUTH_URL;
  for (const server of servers) server.close();
});
beforeEach(() => {
  proofs.length = 0;
  exchanges.length = 0;
});

/** A browser that has pressed the button, and where it was sent. */
async function start(id: Id, query = ''): Promise<{ cookie: string; sentTo: URL }> {
  const csrf = await fetch(`${site}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${site}/api/auth/signin/${id}${query}`, {
    method: 'POST',
    headers: { cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ csrfToken }),
    redirect: 'manual',
  });
  return { cookie: cookiesOf(answer), sentTo: new URL(answer.headers.get('location') ?? '') };
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

async function comeBack(id: Id, cookie: string, query: Record<string, string>): Promise<string> {
  const address = `${site}/api/auth/callback/${id}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(address, { headers: { cookie }, redirect: 'manual' });
  return (answer.headers.get('location') ?? '').replace(site, '');
}

describe('a sign-in with GitHub', () => {
  it('F4 asks for the address alone, with state and PKCE', async () => {
    const { sentTo } = await start('github');
    expect(`${sentTo.origin}${sentTo.pathname}`).toBe(`${provider}/login/oauth/authorize`);
    expect(Object.fromEntries(sentTo.searchParams)).toEqual({
      client_id: 'our-client',
      scope: 'user:email',
      response_type: 'code',
      redirect_uri: `${site}/api/auth/callback/github`,
      state: expect.any(String) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
  });

  it('lets the person choose anew where that is needed', async () => {
    const { sentTo } = await start('github', '?anew');
    expect(sentTo.searchParams.get('prompt')).toBe('select_account');
  });

  it('ends with the access token, whether GitHub names itself in its answer or not', async () => {
    const answers: Record<string, string>[] = [{ iss: `${provider}/login/oauth` }, {}];
    for (const more of answers) {
      const { cookie, sentTo } = await start('github');
      const state = sentTo.searchParams.get('state') ?? '';
      expect(await comeBack('github', cookie, { code: 'the-code', state, ...more })).toBe('/proven');
      expect(proofs.pop()).toMatchObject({ provider: 'github', access_token: ACCESS_TOKEN });
      const { path, body, authorization } = exchanges.pop() ?? {};
      expect(path).toBe(TOKEN_PATHS.github);
      expect(authorization).toBe(`Basic ${Buffer.from('our-client:our-secret').toString('base64')}`);
      const challenge = createHash('sha256')
        .update(body?.get('code_verifier') ?? '')
        .digest('base64url');
      expect(challenge).toBe(sentTo.searchParams.get('code_challenge'));
    }
  });
});

describe('a sign-in with Facebook', () => {
  it('F4 asks for the address alone, with state', async () => {
    const { sentTo } = await start('facebook');
    expect(`${sentTo.origin}${sentTo.pathname}`).toBe(`${provider}/dialog/oauth`);
    expect(Object.fromEntries(sentTo.searchParams)).toEqual({
      client_id: 'our-client',
      scope: 'email',
      response_type: 'code',
      redirect_uri: `${site}/api/auth/callback/facebook`,
      state: expect.any(String) as string,
    });
  });

  it('asks for the password anew where that is needed', async () => {
    const { sentTo } = await start('facebook', '?anew');
    expect(sentTo.searchParams.get('auth_type')).toBe('reauthenticate');
  });

  it('ends with the access token', async () => {
    const { cookie, sentTo } = await start('facebook');
    const state = sentTo.searchParams.get('state') ?? '';
    expect(await comeBack('facebook', cookie, { code: 'the-code', state })).toBe('/proven');
    expect(proofs.pop()).toMatchObject({ provider: 'facebook', access_token: ACCESS_TOKEN });
    expect(exchanges.pop()?.path).toBe(TOKEN_PATHS.facebook);
  });
});

describe.each(['github', 'facebook'] as const)('a sign-in with %s that is forged', (id) => {
  it.each([
    ['no state', { code: 'x' }],
    ['another state', { code: 'x', state: 'another' }],
  ])('F4 is over with %s', async (_name, query) => {
    const { cookie } = await start(id);
    expect(await comeBack(id, cookie, query)).toMatch(/error=/);
    expect([proofs, exchanges]).toEqual([[], []]);
  });

  it('F4 is over where somebody else answers', async () => {
    const { cookie, sentTo } = await start(id);
    const state = sentTo.searchParams.get('state') ?? '';
    expect(await comeBack(id, cookie, { code: 'x', state, iss: 'https://evil.example' })).toMatch(/error=/);
    expect([proofs, exchanges]).toEqual([[], []]);
  });

  it('F4 is over without the cookies of its beginning', async () => {
    const { sentTo } = await start(id);
    const state = sentTo.searchParams.get('state') ?? '';
    expect(await comeBack(id, '', { code: 'x', state })).toMatch(/error=/);
    expect([proofs, exchanges]).toEqual([[], []]);
  });
});
