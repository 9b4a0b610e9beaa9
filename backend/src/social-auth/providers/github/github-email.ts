import { ProviderTokenRefusedError, ProviderUnavailableError } from '../../errors/social-auth.error';
import { fetchBounded, type BoundedAnswer } from '../../verification/bounded-fetch';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { githubHeaders } from './github-token-proof';

/** The scopes with which a token may read the addresses of its person. */
const SCOPES = ['user', 'user:email'];

function listOfAddresses({ status, body }: BoundedAnswer): readonly unknown[] {
  if (status === 401) {
    throw new ProviderTokenRefusedError('provider_token_invalid', 'GitHub knows the access token no more');
  }
  // 403 and 429 are quotas: the person would seem to have no address.
  if (status !== 200) throw new ProviderUnavailableError(`the list of addresses answered ${status}`);
  try {
    const value: unknown = JSON.parse(body);
    if (Array.isArray(value)) return value;
  } catch {
    // Like any other answer that is no list.
  }
  throw new ProviderUnavailableError('the list of addresses is not a list');
}

/** The primary address of the person behind a proven token as profile claims; none where the token may not read it. */
export async function addressClaimsOf(token: string, apiUri: string, scopes: readonly string[]): Promise<JsonObject> {
  if (!scopes.some((scope) => SCOPES.includes(scope))) return {};
  const answer = await fetchBounded(`${apiUri}/user/emails?per_page=100`, {
    headers: { ...githubHeaders, Authorization: `Bearer ${token}` },
  });
  const entries = listOfAddresses(answer).filter((entry) => typeof entry === 'object' && entry !== null);
  const primary = entries.find((entry) => ownMember(entry as JsonObject, 'primary') === true) as JsonObject | undefined;
  if (primary === undefined) return {};
  return { email: ownMember(primary, 'email'), email_verified: ownMember(primary, 'verified') };
}
