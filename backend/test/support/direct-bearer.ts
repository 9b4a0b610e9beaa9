import { randomBytes } from 'node:crypto';
import type { ApiAnswer, ApiRequest } from './api-client';
import type { TestApp } from './test-app';

/** The settings with which a server takes Auth0's access tokens as bearer tokens. */
export const TAKES_ACCESS_TOKENS = { ACCEPT_AUTH0_ACCESS_TOKENS: 'true' } as const;

/** Claims of an access token, laid over those of the demo tenant; `undefined` removes one. */
export type AccessTokenClaims = Record<string, unknown>;

/** A new person, of whom nothing is known here, with an address of their own. */
export function newPerson(): AccessTokenClaims {
  const name = randomBytes(9).toString('hex');
  return { sub: `auth0|${name}`, 'https://example.com/email': `${name}@example.org`, 'https://example.com/name': name };
}

/** A genuine access token of a person without permissions of the API: with full access, as the token of a sign-in. */
export async function accessTokenOf(server: TestApp, claims: AccessTokenClaims = {}): Promise<string> {
  const { auth0 } = server.idp;
  const { accessToken } = await auth0.issue('ada', {
    audience: auth0.audience,
    scope: 'openid profile email',
    accessTokenClaims: { permissions: undefined, exp: Math.floor(Date.now() / 1_000) + 3_600, ...claims },
  });
  return accessToken;
}

/** A genuine access token that a machine has got for itself, with changes of its claims. */
export function machineTokenOf(server: TestApp, claims: AccessTokenClaims = {}): string {
  const { auth0 } = server.idp;
  const [client, now] = [auth0.machine?.clientId ?? '', Math.floor(Date.now() / 1_000)];
  return auth0.sign({
    iss: auth0.issuer,
    sub: `${client}@clients`,
    aud: auth0.audience,
    azp: client,
    gty: 'client-credentials',
    iat: now,
    exp: now + 86_400,
    ...claims,
  });
}

/** What becomes of a request: the status, and the code where there is one. */
export const verdictOf = ({ status, body }: ApiAnswer): string =>
  status < 400 ? String(status) : `${status} ${String(body.code)}`;

/** What becomes of a request for one's account with a token. */
export const stateWith = async (server: TestApp, token: string, request: ApiRequest = {}): Promise<string> =>
  verdictOf(await server.api('/accounts/me', { token, ...request }));
