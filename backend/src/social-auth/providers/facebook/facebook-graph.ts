import { createHmac } from 'node:crypto';
import { ProviderTokenRefusedError, ProviderUnavailableError } from '../../errors/social-auth.error';
import { fetchBounded, jsonObjectOf, type BoundedAnswer } from '../../verification/bounded-fetch';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { listed } from '../../verification/quoted-value';

/** Where and as which app Facebook is asked. */
export interface FacebookApp {
  graphUri: string;
  appId: string;
  appSecret: string;
}

/** Error codes of the Graph API that speak of the token that was asked about. */
const TOKEN_OF_ANOTHER_APP = 100;
const TOKEN_NO_LONGER_VALID = 190;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is an object, or nothing. */
export function objectMember(object: JsonObject, name: string): JsonObject | undefined {
  const value = ownMember(object, name);
  return isObject(value) ? value : undefined;
}

/** The code of an error of the Graph API; quotas are such errors as well, with status 400 or 403. */
function errorCodeOf({ status, body }: BoundedAnswer): unknown {
  if (status !== 400) return undefined;
  const error = objectMember(jsonObjectOf({ status: 200, body }, 'the Graph API'), 'error');
  return error && ownMember(error, 'code');
}

/** What Facebook tells about an access token. */
export async function debugToken(token: string, { graphUri, appId, appSecret }: FacebookApp): Promise<JsonObject> {
  const answer = await fetchBounded(
    `${graphUri}/debug_token?${new URLSearchParams({ input_token: token }).toString()}`,
    {
      // In the header, not in the address: addresses end up in logs on the way.
      headers: { Authorization: `Bearer ${appId}|${appSecret}` },
    },
  );
  // 190 here speaks of our own credentials: an outage like every other error.
  if (errorCodeOf(answer) === TOKEN_OF_ANOTHER_APP) {
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'the access token is not for us').because(
      () => `debug_token refused to speak of the token: it was issued to another app; configured: ${listed([appId])}.`,
    );
  }
  const data = objectMember(jsonObjectOf(answer, 'debug_token'), 'data');
  if (data === undefined) throw new ProviderUnavailableError('debug_token answered without data');
  return data;
}

/** The profile behind a proven access token. */
export async function profileBehind(token: string, { graphUri, appSecret }: FacebookApp): Promise<JsonObject> {
  const query = new URLSearchParams({
    fields: 'id,name,email,picture.type(large)',
    // Shows that it is the app that asks, which an app may demand of all its calls.
    appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex'),
  });
  const answer = await fetchBounded(`${graphUri}/me?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const code = answer.status === 401 ? TOKEN_NO_LONGER_VALID : errorCodeOf(answer);
  if (code === TOKEN_NO_LONGER_VALID) {
    throw new ProviderTokenRefusedError('provider_token_invalid', 'Facebook knows the access token no more');
  }
  const profile = jsonObjectOf(answer, 'the profile');
  if (ownMember(profile, 'id') === undefined) throw new ProviderUnavailableError('the profile came without id');
  return profile;
}
