import { loadSettings } from '../../src/app/settings/load-settings';
import { problemDetails, type ErrorCode } from '../../src/social-auth';
import { Arena, BOTH } from '../hostile/arena';
import { repeats, traces } from '../hostile/court';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';
import { startTestApp, type IssuerName, type TestApp } from '../support/test-app';

const PHONE = '1234567890-phone0phone.apps.googleusercontent.com';
const WEB = '1234567890-web0web.apps.googleusercontent.com';
/** Nothing but printable ASCII, and of a length that can be read. */
const READABLE = /^[\x20-\x7e]{1,1500}$/;

let arena: Arena;
let silent: TestApp;
let explaining: TestApp;

beforeAll(async () => {
  arena = await Arena.open();
  silent = arena.server;
  const { clientId, mobileClientId } = arena.idp.google;
  explaining = await startTestApp({
    idp: arena.idp,
    settings: {
      EXPLAIN_REFUSALS: 'true',
      GOOGLE_CLIENT_ID: [clientId, `${mobileClientId};platform=android`, WEB].join(),
    },
  });
}, 60_000);
afterAll(async () => {
  await explaining?.stop();
  await arena?.close();
});

const post = (server: TestApp, provider: IssuerName, field: string, token: string): Promise<ApiAnswer> =>
  server.api(`/auth/${provider}`, { json: { [field]: token } });
const detailOf = async (provider: IssuerName, token: string, field = 'id_token'): Promise<string> =>
  (await post(explaining, provider, field, token)).body.detail;

describe('a refusal that is explained', () => {
  it('says whose the audience is: a stranger, the other provider, the same Google Cloud project', async () => {
    const { google, auth0 } = arena.idp;
    const configured = `configured: "${google.clientId}", "${google.mobileClientId}", "${WEB}".`;
    const { idToken } = await google.issue('ada', { clientId: google.foreignClientId });
    expect(await detailOf('google', idToken)).toBe(
      `${problemDetails('provider_token_wrong_audience').detail} aud was "${google.foreignClientId}"; ${configured}`,
    );
    const ofOther = await detailOf('google', arena.forge('google').token({ aud: auth0.clientId }));
    expect(ofOther).toContain(
      `aud was "${auth0.clientId}"; ${configured} "${auth0.clientId}" is your web client id at Auth0: ` +
        'post the token to /auth/auth0.',
    );
    const ofAndroid = arena.forge('auth0').token({ aud: google.mobileClientId });
    expect(await detailOf('auth0', ofAndroid)).toContain(
      `"${google.mobileClientId}" is your Android client id at Google: post the token to /auth/google.`,
    );
    const ofPhone = await detailOf('google', arena.forge('google').token({ aud: PHONE }));
    expect(ofPhone).toMatch(
      /another client of the same Google Cloud project \(1234567890\).*add it to GOOGLE_CLIENT_ID\.$/,
    );
  });

  it('says which authorised party, issuer, algorithm, type and key came', async () => {
    const { google, auth0 } = arena.idp;
    const forge = arena.forge('google');
    const { kid } = google.signingKey;
    expect(await detailOf('google', forge.token({ azp: 'somebody' }))).toContain('azp was "somebody"; configured: "');
    expect(await detailOf('google', forge.token({ iss: auth0.issuer }))).toContain(
      `iss was "${auth0.issuer}"; configured: "${google.issuer}". ` +
        'That is an issuer of Auth0: post the token to /auth/auth0.',
    );
    expect(await detailOf('google', forge.token({ iss: `${google.issuer}/` }))).toContain('the slash at the end alone');
    expect(await detailOf('google', forge.hmac('HS256', 'secret'))).toContain('alg was "HS256"; expected: "RS256".');
    expect(await detailOf('google', forge.token({}, { typ: 'at+jwt' }))).toContain(
      'typ was "at+jwt"; expected: absent, "jwt".',
    );
    const unknown = await detailOf('google', forge.token({}, { kid: 'nobody' }));
    expect(unknown).toContain('kid was "nobody", which is not known; the provider publishes ');
    expect(unknown).toContain(`"${kid}"`);
  });

  it.each(BOTH)('tells at %s a wrong signature from an unknown key', async (provider) => {
    const token = arena.forge(provider).token();
    const broken = `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.alloc(256, 1).toString('base64url')}`;
    expect(await detailOf(provider, broken)).toContain(
      `kid was "${arena.idp[provider].signingKey.kid}", which is known; the signature does not verify with that key.`,
    );
  });

  it('says how far the times lie from the clock of the server', async () => {
    const forge = arena.forge('google');
    const now = forge.now;
    const late = await detailOf('google', forge.token({ iat: now - 3_700, exp: now - 100 }));
    expect(late).toMatch(
      /exp was \d+ \(2\S+Z\), 1\d\d s behind this server's clock, \d+ \(2\S+Z\)\. 60 s of difference/,
    );
    const early = await detailOf('google', forge.token({ iat: now + 600, exp: now + 4_200 }));
    expect(early).toMatch(/iat was \d+ \(2\S+Z\), (600|59\d) s ahead of this server's clock/);
    expect(await detailOf('google', forge.token({ exp: now + 9_000 }))).toContain('s; accepted: 1 to 3600 s.');
    expect(await detailOf('google', forge.token({ exp: 'soon' }))).toContain('exp was "soon"; expected: seconds since');
  });

  it('says which kind of token came, and under which name to post it', async () => {
    const { google, auth0 } = arena.idp;
    const ofGoogle = await google.issue('ada');
    expect(await detailOf('google', ofGoogle.idToken, 'access_token')).toContain('post it as id_token.');
    expect(await detailOf('google', ofGoogle.accessToken, 'id_token')).toContain('post it as access_token.');
    const ofAuth0 = await auth0.issue('ada', { audience: auth0.audience });
    expect(await detailOf('auth0', ofAuth0.accessToken, 'id_token')).toContain(
      `post it as access_token. "${auth0.audience}" is your API identifier (AUTH0_AUDIENCE) at Auth0.`,
    );
    expect(await detailOf('auth0', ofAuth0.idToken, 'access_token')).toContain(
      `post it as id_token. "${auth0.clientId}" is your web client id at Auth0.`,
    );
    const { accessToken: opaque } = await auth0.issue('ada');
    expect(await detailOf('auth0', opaque, 'access_token')).toContain(
      `without an API audience; expected: a JWT for the audience "${auth0.audience}", or an ID token.`,
    );
  });

  it('says of an access token of Google for whom it is and what it may do', async () => {
    const { google } = arena.idp;
    const foreign = await google.issue('ada', { clientId: google.foreignClientId });
    expect(await detailOf('google', foreign.accessToken, 'access_token')).toContain(
      `aud was "${google.foreignClientId}", by tokeninfo; configured: "${google.clientId}"`,
    );
    google.fault('tokeninfo', (_request, response) => {
      const exp = String(arena.forge('google').now + 60);
      response.end(JSON.stringify({ aud: google.clientId, sub: '1', scope: 'email', exp }));
    });
    const { accessToken } = await google.issue('ada');
    expect(await detailOf('google', accessToken, 'access_token')).toContain(
      'scope was "email", by tokeninfo; expected: "openid" among them.',
    );
    google.fault('tokeninfo', undefined);
    expect(await detailOf('google', 'ya29.nobody', 'access_token')).toContain("Google's tokeninfo answered 400");
  });

  it('never shows an endless, invisible or personal value', async () => {
    const forge = arena.forge('google');
    const long = await detailOf('google', forge.token({ aud: 'x'.repeat(5_000) }));
    expect(long).toContain(`aud was "${'x'.repeat(80)}" (the first 80 of 5000 characters); `);
    expect(await detailOf('google', forge.token({ aud: 'a"\u202e\n<ü' }))).toContain('aud was "a???<?"; ');
    const { subject, email } = arena.idp.google.person('ada');
    const { idToken } = await arena.idp.google.issue('ada', { claims: { aud: subject, azp: email } });
    const detail = await detailOf('google', idToken);
    expect(detail).toContain('aud was (its subject or e-mail address); ');
    expect(detail).not.toContain(subject);
    expect(await detailOf('google', forge.token({ aud: ['eve@example.com', forge.token()] }))).toContain(
      'aud was (an e-mail address), (a JWT); ',
    );
  });
});

const withoutRequest = ({ requestId: _requestId, time: _time, ...line }: Record<string, unknown>): unknown => line;

/** An answer, and what was logged of it; both servers are of one process and log to one place, the later one's. */
async function logged(send: () => Promise<ApiAnswer>): Promise<[ApiAnswer, unknown[]]> {
  explaining.logs.clear();
  const answer = await send();
  return [answer, explaining.logs.events('sign_in').map(withoutRequest)];
}

describe.each(BOTH)('every hostile token at %s', (provider) => {
  it('is refused alike with and without an explanation, which tells nothing of the token or the person', async () => {
    const forge = arena.forge(provider);
    const entries = tokenThemes
      .flatMap(({ hostile }) => hostile)
      .filter(({ at }) => at === undefined || at === provider);
    expect(entries.length).toBeGreaterThan(100);
    for (const { title, token, field = 'auth_token' } of entries) {
      const posted = await token(forge);
      const [short, line] = await logged(() => post(silent, provider, field, posted));
      const [long, sameLine] = await logged(() => post(explaining, provider, field, posted));
      const { code } = short.body;
      expect([title, short.status, short.body.code]).toEqual([title, long.status, long.body.code]);
      if (short.status !== 401) continue;
      // To the byte what it is without this mode.
      expect(short.text).toBe(JSON.stringify(problemDetails(code as ErrorCode)));
      expect(long.body).toEqual({ ...short.body, detail: long.body.detail });
      expect(long.body.detail.startsWith(`${short.body.detail} `)).toBe(true);
      expect(long.body.detail).toMatch(READABLE);
      expect([title, repeats(long.text, [...traces(posted), forge.marker])]).toEqual([title, []]);
      expect(line).toHaveLength(1);
      expect(sameLine).toEqual(line);
    }
  }, 120_000);
});

describe('EXPLAIN_REFUSALS', () => {
  it('is refused in production', () => {
    const environment = { ...explaining.environment, NODE_ENV: 'production' };
    expect(() => loadSettings(environment)).toThrow(/^ {2}EXPLAIN_REFUSALS: expected false/m);
    expect(() => loadSettings({ ...environment, EXPLAIN_REFUSALS: 'false' })).not.toThrow(/EXPLAIN_REFUSALS/);
  });
});
