import { ProviderTokenRefusedError, ProviderUnavailableError } from '../../errors/social-auth.error';
import { subjectIsSound, timesHold } from '../../verification/claim-checks';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { stringClaim } from '../../verification/credential-claims';
import { listed, quotedClaim } from '../../verification/quoted-value';
import { debugToken, objectMember, type FacebookApp } from './facebook-graph';

/** What Facebook has said of an access token: that it was issued to our app, and for whom. */
export interface FacebookTokenProof {
  subject: string;
  issuedAt: Date;
  expiresAt: Date;
  scopes: readonly string[];
}

const MAXIMUM_LENGTH = 2_048;
/** What a Bearer header can carry; never `id|secret`, the token of an app itself. [RFC 6750 2.1] */
const OPAQUE_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/** How long the access tokens of people live, in seconds: one whose issue is not told is a short one. */
const SHORT_LIFETIME_SECONDS = 7_200;
const LONG_LIFETIME_SECONDS = 60 * 86_400;
const EXPIRED_SESSION = 463;

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

function checkValid(data: JsonObject): void {
  const isValid = ownMember(data, 'is_valid');
  if (isValid === true) return;
  if (isValid !== false) throw new ProviderUnavailableError('debug_token answered without is_valid');
  const error = objectMember(data, 'error');
  if (error && ownMember(error, 'subcode') === EXPIRED_SESSION) {
    throw new ProviderTokenRefusedError('provider_token_expired', 'the access token has expired');
  }
  throw refused('Facebook says that the access token is not valid').because(
    () => 'is_valid was false, by debug_token: the access token is unknown, was revoked, or the password was changed.',
  );
}

function checkOwner(data: JsonObject, appId: string): void {
  const owner = stringClaim(data, 'app_id');
  if (owner !== appId) {
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'the access token is not for us').because(
      () => `app_id was ${quotedClaim(data, 'app_id')}, by debug_token; configured: ${listed([appId])}.`,
    );
  }
  if (stringClaim(data, 'type') === 'USER') return;
  throw new ProviderTokenRefusedError('provider_token_wrong_kind', 'the access token is not one of a person').because(
    () => `type was ${quotedClaim(data, 'type')}, by debug_token; expected: "USER".`,
  );
}

function secondsOf(data: JsonObject, name: string): number | undefined {
  const value = ownMember(data, name);
  // Zero says that there is no such moment.
  if (value === undefined || value === 0) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw refused(`${name} is no moment`);
}

/** When a token was issued; where Facebook does not say, the earliest moment at which it can have been. */
function issueOf(data: JsonObject, expiry: number | undefined, now: number): number {
  const issued = secondsOf(data, 'issued_at');
  if (issued !== undefined) return issued;
  if (expiry === undefined) throw refused('debug_token gave neither issue nor expiry');
  const lifetime = expiry - now <= SHORT_LIFETIME_SECONDS ? SHORT_LIFETIME_SECONDS : LONG_LIFETIME_SECONDS;
  return Math.min(expiry - lifetime, now);
}

function timesOf(
  data: JsonObject,
  nowMilliseconds: number,
  maximumAgeSeconds: number,
): Pick<FacebookTokenProof, 'issuedAt' | 'expiresAt'> {
  const now = nowMilliseconds / 1_000;
  if (ownMember(data, 'expires_at') === undefined) throw refused('debug_token gave no expiry');
  const expiry = secondsOf(data, 'expires_at');
  const issue = issueOf(data, expiry, now);
  const claims = { iat: issue, exp: expiry ?? Number.MAX_SAFE_INTEGER };
  timesHold(nowMilliseconds, { maximumLifetimeSeconds: Infinity, maximumAgeSeconds })(claims);
  const lastMoment = Math.min(claims.exp, issue + maximumAgeSeconds);
  return { issuedAt: new Date(issue * 1_000), expiresAt: new Date(lastMoment * 1_000) };
}

/** Asks Facebook whether an access token was issued to our app, and for whom; until then it proves nothing. */
export async function proveAccessToken(
  token: string,
  app: FacebookApp,
  now: number,
  maximumAgeSeconds: number,
): Promise<FacebookTokenProof> {
  if (token.length > MAXIMUM_LENGTH || !OPAQUE_TOKEN.test(token)) {
    throw refused('the access token has characters that none has');
  }
  const data = await debugToken(token, app);
  checkValid(data);
  checkOwner(data, app.appId);
  const subject = ownMember(data, 'user_id');
  subjectIsSound({ sub: subject });
  const scopes = ownMember(data, 'scopes');
  return {
    subject: String(subject),
    ...timesOf(data, now, maximumAgeSeconds),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}
