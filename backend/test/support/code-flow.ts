import { createHash, randomBytes } from 'node:crypto';
import type { DemoIssuer } from '../../dev/demo-identity-provider';

/** What a token endpoint answers. */
export interface TokenEndpointAnswer {
  id_token: string;
  access_token: string;
}

/** The little of a browser that a sign-in at an issuer needs: cookies with paths, and redirects one by one. */
class Visitor {
  private readonly cookies = new Map<string, { path: string; value: string }>();

  async request(address: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(address);
    const fitting = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path));
    const headers = new Headers({ accept: 'text/html' });
    headers.set('cookie', fitting.map(([name, { value }]) => `${name}=${value}`).join('; '));
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
    }
    return response;
  }

  /** Where an address redirects to. */
  async next(address: string, init?: RequestInit): Promise<string> {
    const response = await this.request(address, init);
    await response.text();
    return new URL(response.headers.get('location') ?? '', address).href;
  }
}

/** Signs a person in at an issuer as a browser and a confidential client would: code, PKCE, nonce, redirects, pages. */
export async function signInByCode(
  issuer: DemoIssuer,
  person: string,
  more: Record<string, string> = {},
): Promise<TokenEndpointAnswer> {
  const name = issuer.issuer.endsWith('/google') ? 'google' : 'auth0';
  const redirectUri = `http://localhost:3000/api/auth/callback/${name}`;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: issuer.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const visitor = new Visitor();
  const page = await visitor.next(`${issuer.authorizationUri}?${query.toString()}`);
  const resume = await visitor.next(page, { method: 'POST', body: new URLSearchParams({ person }) });
  const code = new URL(await visitor.next(resume)).searchParams.get('code');
  if (!code) throw new Error('The sign-in yielded no code.');
  const basic = Buffer.from(`${issuer.clientId}:${issuer.clientSecret}`).toString('base64');
  const answer = await fetch(issuer.tokenUri, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  });
  return (await answer.json()) as TokenEndpointAnswer;
}
