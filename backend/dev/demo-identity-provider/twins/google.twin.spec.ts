import { DemoIdentityProvider, signInHeadless } from '..';
import { verified } from '../headless/verified';

const redirectUri = 'http://localhost:3000/api/auth/callback/google';
const failures: Error[] = [];
let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start({ onError: (error) => failures.push(error) });
});
afterAll(async () => {
  await idp.stop();
  expect(failures).toEqual([]);
});

const explain = async (token: string): Promise<Response> =>
  fetch(`${idp.google.tokeninfoUri}?${new URLSearchParams({ access_token: token }).toString()}`);

it('signs a Workspace person in by code and PKCE, with the claims of a Google ID token', async () => {
  const parameters = { state: 'the-state', nonce: 'the-nonce' };
  const { callback, tokens } = await signInHeadless(idp.google, {
    choice: { person: 'wanda' },
    redirectUri,
    parameters,
  });
  expect([callback.origin + callback.pathname, callback.searchParams.get('state')]).toEqual([redirectUri, 'the-state']);
  const { payload, protectedHeader } = await verified(idp.google, tokens?.id_token ?? '');
  expect(protectedHeader).toEqual({ alg: 'RS256', kid: idp.google.signingKey.kid });
  expect(payload).toEqual({
    iss: `http://127.0.0.1:${idp.port}/google`,
    aud: idp.google.clientId,
    azp: idp.google.clientId,
    sub: idp.google.person('wanda').subject,
    at_hash: expect.stringMatching(/^[\w-]{22}$/) as string,
    hd: 'acme.example',
    email: 'wanda@acme.example',
    email_verified: true,
    name: 'Wanda Keller',
    given_name: 'Wanda',
    family_name: 'Keller',
    picture: `${idp.google.issuer}/pictures/wanda.svg`,
    nonce: 'the-nonce',
    iat: expect.any(Number) as number,
    exp: (payload.iat ?? 0) + 3_600,
  });
});

it('explains its opaque access token by tokeninfo and userinfo', async () => {
  const { tokens } = await signInHeadless(idp.google, { choice: { person: 'ada' }, redirectUri });
  const token = tokens?.access_token ?? '';
  const { subject } = idp.google.person('ada');
  expect(token).toMatch(/^ya29\.a0[\w-]+$/);
  expect(await (await explain(token)).json()).toEqual({
    aud: idp.google.clientId,
    azp: idp.google.clientId,
    sub: subject,
    scope: 'openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile',
    exp: expect.stringMatching(/^\d{10}$/) as string,
    expires_in: expect.stringMatching(/^\d{4}$/) as string,
    email: 'ada.winter@example.com',
    email_verified: 'true',
    access_type: 'online',
  });
  const profile = await fetch(idp.google.userinfoUri, { headers: { authorization: `Bearer ${token}` } });
  expect(await profile.json()).toMatchObject({ sub: subject, name: 'Ada Winter', email_verified: true });
});

it('takes the access token of tokeninfo from a form and from the Authorization header, too', async () => {
  const { accessToken } = await idp.google.issue('ada');
  const form = { method: 'POST', body: new URLSearchParams({ access_token: accessToken }) };
  for (const init of [form, { headers: { authorization: `Bearer ${accessToken}` } }])
    expect((await fetch(idp.google.tokeninfoUri ?? '', init)).status).toBe(200);
});

it('answers 400 invalid_token for an access token that it never made', async () => {
  const answer = await explain('ya29.unknown');
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_token' }]);
});

it('says nothing of what a person does not have, or of what no scope opens', async () => {
  const { payload: cleo } = await verified(idp.google, (await idp.google.issue('cleo')).idToken);
  for (const claim of ['email', 'email_verified', 'picture', 'hd']) expect(cleo).not.toHaveProperty(claim);
  const { payload: ada } = await verified(idp.google, (await idp.google.issue('ada', { scope: 'openid' })).idToken);
  for (const claim of ['email', 'email_verified', 'name']) expect(ada).not.toHaveProperty(claim);
});

it('issues genuine tokens of the telephone’s client and of somebody else’s', async () => {
  for (const clientId of [idp.google.mobileClientId, idp.google.foreignClientId]) {
    const { idToken, accessToken } = await idp.google.issue('ada', { clientId });
    expect((await verified(idp.google, idToken)).payload).toMatchObject({ aud: clientId, azp: clientId });
    expect(await (await explain(accessToken)).json()).toMatchObject({ aud: clientId });
  }
});
