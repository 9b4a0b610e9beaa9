import { IncomingMessage } from 'node:http';
import { AccessTokenReader } from './access-token.reader';
import { Answer, json } from './answer';
import { readFields } from './request-fields';
import { bearerToken } from './userinfo.endpoint';

const GOOGLE_SCOPES: Readonly<Record<string, string>> = {
  email: 'https://www.googleapis.com/auth/userinfo.email',
  profile: 'https://www.googleapis.com/auth/userinfo.profile',
};

/** Explains an opaque access token as Google does: every value is a string. */
export async function tokeninfo(tokens: AccessTokenReader, request: IncomingMessage): Promise<Answer> {
  const value = bearerToken(request) ?? (await readFields(request)).get('access_token');
  const token = value === undefined ? undefined : await tokens.read(value);
  if (!token) return json(400, { error: 'invalid_token', error_description: 'Invalid Value' });
  const { person, clientId, scopes, expiresAt } = token;
  const showsEmail = scopes.includes('email') && person.email !== undefined;
  return json(200, {
    azp: clientId,
    aud: clientId,
    sub: person.subject,
    scope: scopes.map((scope) => GOOGLE_SCOPES[scope] ?? scope).join(' '),
    exp: String(expiresAt),
    expires_in: String(expiresAt - Math.floor(Date.now() / 1_000)),
    email: showsEmail ? person.email : undefined,
    email_verified: showsEmail ? String(person.emailVerified ?? false) : undefined,
    access_type: 'online',
  });
}
