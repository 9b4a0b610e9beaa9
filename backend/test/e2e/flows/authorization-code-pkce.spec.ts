import * as client from 'openid-client';
import { pickPerson } from '../../../dev/demo-identity-provider';
import type { IssuerName } from '../../support/test-app';
import { FlowStage, ISSUERS, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start();
}, 60_000);
afterAll(() => stage?.stop());

const APP = 'com.example.notes:/callback';

interface SignIn {
  config: client.Configuration;
  callback: URL;
  checks: client.AuthorizationCodeGrantChecks;
}

async function authorize(issuer: IssuerName, more: Record<string, string> = {}): Promise<SignIn> {
  const config = await standardClient(stage.idp[issuer], stage.idp[issuer].mobileClientId);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: client.randomState(), expectedNonce: await stage.nonce() };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: APP,
    scope: 'openid email profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...more,
  });
  const { arrival } = await pickPerson(address.href, { person: 'ada' });
  return { config, callback: new URL(arrival.url), checks };
}

async function signIn(issuer: IssuerName, more?: Record<string, string>): Promise<client.TokenEndpointResponse> {
  const { config, callback, checks } = await authorize(issuer, more);
  return client.authorizationCodeGrant(config, callback, checks);
}

describe('the authorization code with PKCE of a public client', () => {
  it.each(ISSUERS)('of %s leads by its ID token to the account of a person and to the notes', async (issuer) => {
    const { id_token } = await signIn(issuer);
    const { status, body } = await stage.exchange(issuer, { id_token });
    expect([status, body.account.name]).toEqual([200, 'Ada Winter']);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
    expect(await stage.account(body.token)).toMatchObject({ id: body.account.id, kind: 'person' });
  });

  it('of Auth0 leads by the access token for our API to the same account', async () => {
    const { id_token, access_token } = await signIn('auth0', { audience: stage.audience });
    const byIdToken = await stage.exchange('auth0', { id_token });
    const byAccessToken = await stage.exchange('auth0', { access_token });
    expect(byAccessToken.body.account.id).toBe(byIdToken.body.account.id);
    expect(await stage.notesWith(byAccessToken.body.token)).toEqual(REACHED);
  });

  it('of Auth0 makes the access token for our API a bearer token as it is', async () => {
    const { id_token, access_token } = await signIn('auth0', { audience: stage.audience });
    expect(await stage.notesWith(access_token)).toEqual(REACHED);
    const { body } = await stage.exchange('auth0', { id_token });
    expect(await stage.shareNotes(access_token, body.token)).toBe(true);
  });

  it('returns to any port of this machine, for programs that listen on one', async () => {
    const { id_token } = await signIn('google', { redirect_uri: 'http://127.0.0.1:4711/callback' });
    expect((await stage.exchange('google', { id_token })).status).toBe(200);
  });

  it('is not asked for without a challenge, and is worth nothing without its verifier', async () => {
    const bare = await standardClient(stage.idp.auth0, stage.idp.auth0.mobileClientId);
    const address = client.buildAuthorizationUrl(bare, { redirect_uri: APP, scope: 'openid' });
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('error=invalid_request');
    const { config, callback, checks } = await authorize('auth0');
    const stolen = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    const attempt = client.authorizationCodeGrant(config, callback, stolen);
    await expect(attempt).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});
