import { DemoIdentityProvider, TokenAnswer } from '.';
import { verified } from './headless/verified';

let idp: DemoIdentityProvider;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
});
afterAll(() => idp.stop());

describe('the curl door', () => {
  const ask = async (init: RequestInit): Promise<Response> =>
    fetch(`${idp.auth0.issuer}demo/token`, { method: 'POST', ...init });

  it('hands out the tokens of a sign-in, for a form and for JSON', async () => {
    const form = await ask({ body: new URLSearchParams({ person: 'ada', audience: idp.auth0.audience ?? '' }) });
    const fromForm = (await form.json()) as TokenAnswer;
    const { payload } = await verified(idp.auth0, fromForm.access_token);
    expect([payload.permissions, fromForm.expires_in]).toEqual([['notes:read', 'notes:write'], 86_400]);
    const headers = { 'content-type': 'application/json' };
    const json = await ask({ headers, body: JSON.stringify({ person: 'ada', client_id: idp.auth0.mobileClientId }) });
    const fromJson = (await json.json()) as TokenAnswer;
    expect((await verified(idp.auth0, fromJson.id_token)).payload.aud).toBe(idp.auth0.mobileClientId);
    expect(fromJson.access_token.split('.')).toHaveLength(5);
  });

  it('puts the nonce into the ID token that is asked for, and else none', async () => {
    const asks: Record<string, string>[] = [{}, { nonce: 'n-0S6_WzA2Mj' }];
    for (const asked of asks) {
      const answer = await ask({ body: new URLSearchParams({ person: 'ada', ...asked }) });
      const { id_token } = (await answer.json()) as TokenAnswer;
      const { nonce } = (await verified(idp.auth0, id_token)).payload;
      expect({ nonce }).toEqual({ nonce: undefined, ...asked });
    }
  });

  it.each([
    ['an unknown person', { person: 'nobody' }, 'ada, ben, cleo, sam, wanda'],
    ['an unknown client', { person: 'ada', client_id: 'nobody' }, 'No client nobody'],
    ['an unknown API', { person: 'ada', audience: 'https://nowhere.example' }, 'No API https://nowhere.example'],
  ])('says what is wrong with %s', async (_what, fields, words) => {
    const answer = await ask({ body: new URLSearchParams(fields) });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(words)]);
  });
});

it('lays changes over genuine claims, and removes those that are undefined', async () => {
  const { idToken } = await idp.google.issue('ada', { claims: { nonce: 'another', email: undefined } });
  const { payload } = await verified(idp.google, idToken);
  expect(payload).toMatchObject({ nonce: 'another', azp: idp.google.clientId, name: 'Ada Winter' });
  expect(payload).not.toHaveProperty('email');
  await expect(idp.google.issue('ada', { accessTokenClaims: {} })).rejects.toThrow('opaque');
});

it('signs any claims under any header', async () => {
  const token = idp.google.sign({ iss: idp.google.issuer, anything: [1] }, { typ: undefined, extra: true });
  const { payload, protectedHeader } = await verified(idp.google, token);
  expect(payload.anything).toEqual([1]);
  expect(protectedHeader).toEqual({ alg: 'RS256', kid: idp.google.signingKey.kid, extra: true });
});

it('signs with a rotated key at once, and publishes the former one until it is retired', async () => {
  const before = idp.auth0.signingKey.kid;
  const { idToken: old } = await idp.auth0.issue('ada');
  const after = await idp.auth0.rotate();
  expect(idp.auth0.publishedKeys.map(({ kid }) => kid)).toEqual([before, after]);
  await verified(idp.auth0, old);
  const { idToken } = await idp.auth0.issue('ada');
  expect((await verified(idp.auth0, idToken)).protectedHeader.kid).toBe(after);
  idp.auth0.retire(before);
  await expect(verified(idp.auth0, old)).rejects.toThrow('no applicable key');
});

it('publishes addresses under one name, whatever the Host header says', async () => {
  const discovery = await fetch(idp.auth0.discoveryUri.replace('127.0.0.1', 'localhost'));
  expect(await discovery.json()).toMatchObject({
    issuer: idp.auth0.issuer,
    jwks_uri: idp.auth0.jwksUri,
    token_endpoint: idp.auth0.tokenUri,
    userinfo_endpoint: idp.auth0.userinfoUri,
    authorization_endpoint: idp.auth0.authorizationUri,
  });
});

it('serves only the issuers that are asked for, and offers the variables of those', async () => {
  const half = await DemoIdentityProvider.start({ issuers: ['auth0'] });
  expect((await fetch(half.google.jwksUri)).status).toBe(404);
  expect((await fetch(half.auth0.jwksUri)).status).toBe(200);
  expect(half.variables()).toEqual({
    AUTH0_DOMAIN: `127.0.0.1:${half.port}`,
    AUTH0_CLIENT_ID: `${half.auth0.clientId},${half.auth0.mobileClientId},${half.auth0.tvClientId};platform=tv`,
    AUTH0_M2M_CLIENT_ID: half.auth0.machine?.clientId,
    AUTH0_CLIENT_SECRET: half.auth0.clientSecret,
    AUTH0_AUDIENCE: 'https://api.example.com/',
    AUTH0_ISSUER: `http://127.0.0.1:${half.port}/auth0/`,
    AUTH0_JWKS_URI: half.auth0.jwksUri,
    AUTH0_CLAIMS_NAMESPACE: 'https://example.com/',
  });
  await half.stop();
});

it('does not start in production', async () => {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await expect(DemoIdentityProvider.start()).rejects.toThrow('never runs in production');
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
});
