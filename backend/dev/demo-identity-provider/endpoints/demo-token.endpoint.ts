import { IncomingMessage } from 'node:http';
import { TokenMint, UnknownOrderError } from '../oidc/token-mint';
import { Directory } from '../people/directory';
import { Answer, json } from './answer';
import { readFields, UnreadableBodyError } from './request-fields';

const refuse = (description: string): Answer => json(400, { error: 'invalid_request', error_description: description });

/** Hands out a person's tokens without a browser, for `curl`. */
export async function demoToken(
  mint: TokenMint,
  directory: Directory,
  defaultClientId: string,
  request: IncomingMessage,
): Promise<Answer> {
  if (request.method !== 'POST') return json(405, { error: 'use POST with person=<key>' }, { allow: 'POST' });
  try {
    const fields = await readFields(request);
    const person = directory.find(fields.get('person') ?? '');
    if (!person)
      return refuse(
        `person must be one of ${directory
          .all()
          .map(({ key }) => key)
          .join(', ')}.`,
      );
    const clientId = fields.get('client_id') ?? defaultClientId;
    const optional = { audience: fields.get('audience'), scope: fields.get('scope'), nonce: fields.get('nonce') };
    const { idToken, accessToken, expiresIn, scope } = await mint.issue(person, { clientId, ...optional });
    return json(200, {
      id_token: idToken,
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      scope,
    });
  } catch (error) {
    if (error instanceof UnknownOrderError || error instanceof UnreadableBodyError) return refuse(error.message);
    throw error;
  }
}
