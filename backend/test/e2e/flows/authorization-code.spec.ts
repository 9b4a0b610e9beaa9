import * as client from 'openid-client';
import { pickPerson } from '../../../dev/demo-identity-provider';
import type { IssuerName } from '../../support/test-app';
import { FlowStage, ISSUERS, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start();
}, 60_000);
afterAll(() => stage?.stop());

interface SignIn {
  config: client.Configuration;
  callback: URL;
  checks: client.AuthorizationCodeGrantChecks;
}

async function authorize(issuer: IssuerName, more: Record<string, string> = {}): Promise<SignIn> {
  const { clientId, clientSecret } = stage.idp[issuer];
  const config = await standardClient(stage.idp[issuer], clientId, clientSecret);
  const checks = { expectedState: client.randomState(), expectedNonce: client.randomNonce() };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: `http://localhost:3000/api/auth/callback/${issuer}`,
    scope: 'openid email profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  });
  const { arrival } = await pickPerson(address.href, { person: 'ada' });
  return { config, callback: new URL(arrival.url), checks };
}

async function signIn(issuer: IssuerName, more?: Record<string, string>): Promise<client.TokenEndpointResponse> {
  const { config, callback, checks } = await authorize(issuer, more);
  return client.authorizationCodeGrant(config, callback, checks);
}

describe('the authorization code of a confidential web client', () => {
  it.each(ISSUERS)('of %s leads by its ID token to the account of a person and to the notes', async (issuer) => {
    const { id_token } = await signIn(issuer);
    const { status, body } = await stage.exchange(issuer, { id_token });
    expect([status, body.account.email]).toEqual([200, stage.idp[issuer].person('ada').email]);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
    expect(await stage.account(body.token)).toMatchObject({ id: body.account.id, kind: 'person' });
    expect(await stage.platformOf(body.token)).toBe('web');
  });

  it('of Auth0 leads by the access token for our API to the same account', async () => {
    const tokens = await signIn('auth0', { audience: stage.audience, scope: 'openid email profile notes:read' });
    const byIdToken = await stage.exchange('auth0', { id_token: tokens.id_token });
    const byAccessToken = await stage.exchange('auth0', { access_token: tokens.access_token });
    expect(byAccessToken.body.account.id).toBe(byIdToken.body.account.id);
    expect(await stage.notesWith(byAccessToken.body.token)).toEqual(REACHED);
  });

  it('of Auth0 makes the access token for our API a bearer token as it is', async () => {
    const { id_token, access_token } = await signIn('auth0', { audience: stage.audience });
    expect(await stage.notesWith(access_token)).toEqual(REACHED);
    const { body } = await stage.exchange('auth0', { id_token });
    expect(await stage.shareNotes(access_token, body.token)).toBe(true);
  });

  it('counts once', async () => {
    const { config, callback, checks } = await authorize('auth0');
    await client.authorizationCodeGrant(config, callback, checks);
    const again = client.authorizationCodeGrant(config, callback, checks);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});
