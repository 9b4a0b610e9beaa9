import { decodeProtectedHeader } from 'jose';
import { DemoIdentityProvider, redirectOf, signInHeadless, TokenAnswer, Visitor } from '..';
import { verified } from '../headless/verified';

const redirectUri = 'http://localhost:3000/api/auth/callback/auth0';
const failures: Error[] = [];
let idp: DemoIdentityProvider;
let audience: string;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start({ onError: (error) => failures.push(error) });
  audience = idp.auth0.audience ?? '';
});
afterAll(async () => {
  await idp.stop();
  expect(failures).toEqual([]);
});

const profileOf = async (token = ''): Promise<Response> =>
  fetch(idp.auth0.userinfoUri, { headers: { authorization: `Bearer ${token}` } });

it('makes a JWT access token for the API when its audience is asked for', async () => {
  const parameters = { audience, scope: 'openid email profile notes:read' };
  const { tokens } = await signInHeadless(idp.auth0, { choice: { person: 'ada' }, redirectUri, parameters });
  const { payload, protectedHeader } = await verified(idp.auth0, tokens?.access_token ?? '');
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: idp.auth0.signingKey.kid });
  expect(payload).toEqual({
    iss: `http://127.0.0.1:${idp.port}/auth0/`,
    sub: idp.auth0.person('ada').subject,
    aud: [audience, idp.auth0.userinfoUri],
    azp: idp.auth0.clientId,
    scope: 'openid email profile notes:read',
    permissions: ['notes:read', 'notes:write'],
    'https://example.com/email': 'ada.winter@example.org',
    'https://example.com/email_verified': true,
    'https://example.com/name': 'Ada Winter',
    'https://example.com/picture': `${idp.auth0.issuer}pictures/ada.svg`,
    iat: expect.any(Number) as number,
    exp: (payload.iat ?? 0) + 86_400,
  });
  const profile = await profileOf(tokens?.access_token);
  expect(await profile.json()).toMatchObject({ sub: payload.sub, nickname: 'ada.winter' });
});

it('addresses an access token without openid to the API alone', async () => {
  const { accessToken } = await idp.auth0.issue('ada', { audience, scope: 'notes:read' });
  expect((await verified(idp.auth0, accessToken)).payload.aud).toBe(audience);
  expect((await profileOf(accessToken)).status).toBe(401);
});

it('makes an opaque five-segment access token when no audience is asked for', async () => {
  const { tokens } = await signInHeadless(idp.auth0, { choice: { person: 'sam' }, redirectUri });
  const segments = tokens?.access_token.split('.') ?? [];
  expect([segments.length, segments[1]]).toEqual([5, '']);
  const header = { alg: 'dir', enc: 'A256GCM', iss: idp.auth0.issuer };
  expect(decodeProtectedHeader(tokens?.access_token ?? '')).toEqual(header);
  expect((await profileOf(tokens?.access_token)).status).toBe(200);
});

it('gives an ID token ten hours, and a subject that names the connection', async () => {
  const { payload } = await verified(idp.auth0, (await idp.auth0.issue('sam')).idToken);
  expect(payload).toMatchObject({
    aud: idp.auth0.clientId,
    sub: 'google-oauth2|112046731895204467738',
    nickname: 'sam.rivers',
    email: 'sam.rivers@example.com',
    sid: expect.any(String) as string,
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(36_000);
  expect(idp.google.person('sam').email).toBe(payload.email);
});

describe('client credentials', () => {
  const ask = async (client: { clientId: string; clientSecret: string }, more = {}): Promise<TokenAnswer> => {
    const credentials = { client_id: client.clientId, client_secret: client.clientSecret };
    const fields = { grant_type: 'client_credentials', ...credentials, audience, ...more };
    const answer = await fetch(idp.auth0.tokenUri, { method: 'POST', body: new URLSearchParams(fields) });
    return (await answer.json()) as TokenAnswer;
  };

  it('make the token of a machine, with the claims of Auth0, for all that it may have', async () => {
    const { machine } = idp.auth0;
    const answer = await ask(machine!);
    expect(answer).toMatchObject({ expires_in: 86_400, scope: 'notes:read notes:write', token_type: 'Bearer' });
    const { payload } = await verified(idp.auth0, answer.access_token);
    expect(payload).toEqual({
      iss: idp.auth0.issuer,
      sub: `${machine?.clientId}@clients`,
      aud: audience,
      azp: machine?.clientId,
      scope: 'notes:read notes:write',
      permissions: ['notes:read', 'notes:write'],
      gty: 'client-credentials',
      iat: expect.any(Number) as number,
      exp: (payload.iat ?? 0) + 86_400,
    });
  });

  it('give a machine no more than it asks for', async () => {
    const { access_token: token } = await ask(idp.auth0.machine!, { scope: 'notes:read' });
    const { payload } = await verified(idp.auth0, token);
    expect(payload).toMatchObject({ scope: 'notes:read', permissions: ['notes:read'] });
  });

  it('work for the web client as well, as they do for every confidential client of a tenant', async () => {
    const { payload } = await verified(idp.auth0, (await ask(idp.auth0)).access_token);
    expect(payload.sub).toBe(`${idp.auth0.clientId}@clients`);
  });
});

it('refuses an API that it does not know', async () => {
  const query = new URLSearchParams({
    client_id: idp.auth0.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    audience: 'https://unknown.example/',
  });
  const answer = await new Visitor().open(`${idp.auth0.authorizationUri}?${query.toString()}`);
  expect(new URL(await redirectOf(answer)).searchParams.get('error')).toBe('access_denied');
  await expect(idp.auth0.issue('ada', { audience: 'https://unknown.example/' })).rejects.toThrow('No API');
});
