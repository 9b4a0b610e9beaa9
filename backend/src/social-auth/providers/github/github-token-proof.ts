import { ProviderTokenRefusedError, ProviderUnavailableError } from '../../errors/social-auth.error';
import { fetchBounded, jsonObjectOf } from '../../verification/bounded-fetch';
import { timesHold } from '../../verification/claim-checks';
import { ownMember, type JsonObject } from '../../verification/compact-jwt';
import { stringClaim } from '../../verification/credential-claims';
import { listed, quotedClaim } from '../../verification/quoted-value';

/** Where and as which application GitHub is asked. */
export interface GithubApp {
  apiUri: string;
  clientId: string;
  clientSecret: string;
}

/** What GitHub has said of a token: that it was issued to us, and for whom. */
export interface GithubTokenProof {
  user: JsonObject;
  subject: string;
  issuedAt: Date;
  expiresAt: Date;
  scopes: readonly string[];
}

/** The headers that every request to the REST API carries; GitHub refuses one without a `User-Agent`. */
export const githubHeaders = {
  Accept: 'application/vnd.github+json',
  'User-Agent': 'nest-token-exchange',
  'X-GitHub-Api-Version': '2022-11-28',
} as const;

/**
 * The statuses that speak of the token. 401 speaks of our own credentials, 403 and 429 of a quota, and any other one of
 * the endpoint.
 */
const VERDICTS = [404, 422];

const refused = (reason: string): ProviderTokenRefusedError =>
  new ProviderTokenRefusedError('provider_token_invalid', reason);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function askWhose(token: string, { apiUri, clientId, clientSecret }: GithubApp): Promise<JsonObject> {
  const answer = await fetchBounded(`${apiUri}/applications/${encodeURIComponent(clientId)}/token`, {
    method: 'POST',
    headers: {
      ...githubHeaders,
      Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ access_token: token }),
  });
  if (!VERDICTS.includes(answer.status)) return jsonObjectOf(answer, 'the token check');
  throw refused('GitHub knows no such token of this application').because(
    () =>
      `GitHub's token check answered ${answer.status}: the token was issued to another application than ` +
      `${listed([clientId])}, has expired or was revoked.`,
  );
}

/** The key of a person: their number, which GitHub never gives to another one; a name may pass to somebody else. */
function subjectOf(user: JsonObject): string {
  const id = ownMember(user, 'id');
  if (ownMember(user, 'type') !== 'User') throw refused('the token is not one of a person');
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return String(id);
  throw refused('the person has no number');
}

function moment(check: JsonObject, name: string): number | undefined {
  const value = ownMember(check, name);
  if (value === null || value === undefined) return undefined;
  const milliseconds = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(milliseconds)) throw new ProviderUnavailableError(`the token check answered an unreadable ${name}`);
  return milliseconds / 1_000;
}

function timesOf(
  check: JsonObject,
  now: number,
  maximumAgeSeconds: number,
): Pick<GithubTokenProof, 'issuedAt' | 'expiresAt'> {
  const issuedAt = moment(check, 'created_at');
  if (issuedAt === undefined) throw new ProviderUnavailableError('the token check answered without created_at');
  // Tokens of OAuth apps have no end; here the greatest age is theirs.
  const expiresAt = moment(check, 'expires_at') ?? Number.MAX_SAFE_INTEGER;
  const limits = { maximumLifetimeSeconds: Infinity, maximumAgeSeconds };
  timesHold(now, limits)({ iat: issuedAt, exp: expiresAt });
  const lastMoment = Math.min(expiresAt, issuedAt + maximumAgeSeconds);
  return { issuedAt: new Date(issuedAt * 1_000), expiresAt: new Date(lastMoment * 1_000) };
}

/** Asks GitHub whether an access token was issued to our application, and for whom; until then it proves nothing. */
export async function proveToken(
  token: string,
  app: GithubApp,
  now: number,
  maximumAgeSeconds: number,
): Promise<GithubTokenProof> {
  const check = await askWhose(token, app);
  const owner = ownMember(check, 'app');
  if (!isObject(owner)) throw new ProviderUnavailableError('the token check answered without app');
  if (stringClaim(owner, 'client_id') !== app.clientId) {
    throw new ProviderTokenRefusedError('provider_token_wrong_audience', 'the access token is not for us').because(
      () => `client_id was ${quotedClaim(owner, 'client_id')}, by GitHub; configured: ${listed([app.clientId])}.`,
    );
  }
  const user = ownMember(check, 'user');
  if (!isObject(user)) throw refused('the token is not one of a person');
  const scopes = ownMember(check, 'scopes');
  return {
    user,
    subject: subjectOf(user),
    ...timesOf(check, now, maximumAgeSeconds),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}
