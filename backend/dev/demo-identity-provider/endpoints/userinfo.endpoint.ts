import { IncomingMessage } from 'node:http';
import { IssuerTwin } from '../twins/issuer-twin';
import { AccessTokenReader } from './access-token.reader';
import { Answer, json } from './answer';

/** The token of an `Authorization: Bearer` header, if there is one. */
export function bearerToken({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Says who an access token belongs to, as far as its scopes reach. */
export async function userinfo(twin: IssuerTwin, tokens: AccessTokenReader, request: IncomingMessage): Promise<Answer> {
  const value = bearerToken(request);
  const token = value === undefined ? undefined : await tokens.read(value);
  if (!token?.scopes.includes('openid')) {
    const error = {
      error: 'invalid_token',
      error_description: 'The access token is unknown, expired or not for this.',
    };
    return json(401, error, { 'www-authenticate': 'Bearer realm="userinfo", error="invalid_token"' });
  }
  const allowed = new Set(token.scopes.flatMap((scope) => twin.scopeClaims[scope] ?? []));
  return json(
    200,
    Object.fromEntries(Object.entries(twin.profile(token.person)).filter(([claim]) => allowed.has(claim))),
  );
}
