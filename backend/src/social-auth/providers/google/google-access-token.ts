import { ProviderTokenRefusedError, ProviderUnavailableError } from '../../errors/social-auth.error';
import { fetchBounded, jsonObjectOf, type BoundedAnswer } from '../../verification/bounded-fetch';
import { scopesClaim, stringClaim } from '../../verification/credential-claims';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { listed, quotedClaim } from '../../verification/quoted-value';
import { audienceHints } from '../../verification/refusal-hints';
import { onOurClock } from '../../verification/shown-moment';

/** What tokeninfo has proven about an access token. */
export interface AccessTokenProof {
  clientId: string;
  subject: string;
  expiresAt: Date;
  scopes: readonly string[];
}

const MAXIMUM_LENGTH = 2_048;
/** What a Bearer header can carry. [RFC 6750 2.1] */
const OPAQUE_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
/** The statuses that speak of the token; any other one speaks of the endpoint, of a quota or of something in between. */
const VERDICTS = [400, 401];

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

/** Reads the verdict on a token: 400 and 401 refuse it, anything else without the member that names whom is an outage. */
function verdictOf(answer: BoundedAnswer, subject: string, member: string): JsonObject {
  if (VERDICTS.includes(answer.status)) {
    throw refused(`${subject} knows no such token`).because(
      () => `Google's ${subject} answered ${answer.status}: the access token is unknown there, expired or revoked.`,
    );
  }
  const verdict = jsonObjectOf(answer, subject);
  if (ownMember(verdict, member) !== undefined) return verdict;
  throw new ProviderUnavailableError(`${subject} answered without ${member}`);
}

function expiryOf(tokeninfo: JsonObject, now: number): Date {
  // tokeninfo answers numbers as strings.
  const expiry = Number(ownMember(tokeninfo, 'exp'));
  if (!Number.isSafeInteger(expiry)) throw refused('tokeninfo gave no expiry');
  if (expiry * 1000 > now) return new Date(expiry * 1000);
  throw new ProviderTokenRefusedError('provider_token_expired', 'the access token has expired').because(() =>
    onOurClock('exp', expiry, now / 1000),
  );
}

/** Asks tokeninfo for whom an access token was issued; until then it proves nothing. */
export async function proveAccessToken(
  token: string,
  { tokeninfoUri, clientIds }: { tokeninfoUri: string; clientIds: readonly string[] },
  now: number,
): Promise<AccessTokenProof> {
  if (token.length > MAXIMUM_LENGTH || !OPAQUE_TOKEN.test(token))
    throw refused('the access token has characters that none has');
  const answer = await fetchBounded(tokeninfoUri, {
    method: 'POST',
    headers: {
      // In the header, not in the address: addresses end up in logs on the way.
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
  });
  const tokeninfo = verdictOf(answer, 'tokeninfo', 'aud');
  const clientId = stringClaim(tokeninfo, 'aud');
  if (clientId === undefined || !clientIds.includes(clientId)) {
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'the access token is not for us').because(
      (context) => {
        const came = `aud was ${quotedClaim(tokeninfo, 'aud')}, by tokeninfo; configured: ${listed(clientIds)}.`;
        return came + audienceHints([clientId], context);
      },
    );
  }
  const subject = stringClaim(tokeninfo, 'sub');
  const scopes = scopesClaim(tokeninfo) ?? [];
  if (subject === undefined || !scopes.includes('openid')) {
    throw refused('the access token lacks the scope openid').because(
      () => `scope was ${quotedClaim(tokeninfo, 'scope')}, by tokeninfo; expected: "openid" among them.`,
    );
  }
  // As of an ID token: the client that asked for it, where that is another one of ours.
  const party = stringClaim(tokeninfo, 'azp');
  const isOurs = party !== undefined && clientIds.includes(party);
  return { clientId: isOurs ? party : clientId, subject, expiresAt: expiryOf(tokeninfo, now), scopes };
}

/** The profile behind a proven access token, of the same subject. */
export async function userinfoOf(token: string, userinfoUri: string, subject: string): Promise<JsonObject> {
  const answer = await fetchBounded(userinfoUri, { headers: { Authorization: `Bearer ${token}` } });
  const userinfo = verdictOf(answer, 'userinfo', 'sub');
  if (ownMember(userinfo, 'sub') !== subject) throw refused('userinfo speaks of another subject');
  return userinfo;
}
