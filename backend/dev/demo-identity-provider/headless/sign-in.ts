import { createHash, randomBytes } from 'node:crypto';
import type { DemoIssuer } from '../demo-issuer';
import { pickPerson } from './authorize';

/** What a token endpoint answers. */
export interface TokenAnswer {
  readonly id_token: string;
  readonly access_token: string;
  readonly expires_in: number;
}

/** How a sign-in by code and PKCE went. */
export interface HeadlessSignIn {
  /** The page with the people. */
  readonly page: string;
  /** Where the browser was sent back to, with the code or the error in its query. */
  readonly callback: URL;
  /** Undefined if there was no code. */
  readonly tokens: TokenAnswer | undefined;
}

/** What to send and whom to pick. */
export interface HeadlessSignInOptions {
  /** The field that the page with the people submits. */
  readonly choice: Record<string, string>;
  readonly redirectUri: string;
  /** Laid over the parameters of the authorization request. */
  readonly parameters?: Record<string, string>;
}

async function redeem(issuer: DemoIssuer, fields: Record<string, string>): Promise<TokenAnswer> {
  const credentials = Buffer.from(`${issuer.clientId}:${issuer.clientSecret}`).toString('base64');
  const answer = await fetch(issuer.tokenUri, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', ...fields }),
  });
  if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as TokenAnswer;
}

/** Signs somebody in at the web client by code and PKCE, page and redirects included, without a browser. */
export async function signInHeadless(issuer: DemoIssuer, options: HeadlessSignInOptions): Promise<HeadlessSignIn> {
  const { choice, redirectUri, parameters } = options;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: issuer.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const { page, arrival } = await pickPerson(`${issuer.authorizationUri}?${query.toString()}`, choice);
  const callback = new URL(arrival.url);
  const code = callback.searchParams.get('code');
  const proof = { redirect_uri: redirectUri, code_verifier: verifier };
  return { page, callback, tokens: code ? await redeem(issuer, { code, ...proof }) : undefined };
}
