import * as client from 'openid-client';
import { FlowStage, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start(['password']);
}, 60_000);
afterAll(() => stage?.stop());

const ADA = { username: 'ada.winter@example.org', password: 'demo-password' };

async function signIn(more: Record<string, string> = {}): Promise<client.TokenEndpointResponse> {
  const { clientId = '', clientSecret } = stage.idp.auth0.legacy ?? {};
  const config = await standardClient(stage.idp.auth0, clientId, clientSecret);
  return client.genericGrantRequest(config, 'password', { scope: 'openid email profile', ...ADA, ...more });
}

describe('the password of a person at Auth0', () => {
  it('leads by its ID token to the account of a person and to the notes', async () => {
    const { id_token } = await signIn();
    const { status, body } = await stage.exchange('auth0', { id_token });
    expect([status, body.account.email]).toEqual([200, ADA.username]);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
  });

  it('leads by the access token for our API to the same account', async () => {
    const { id_token, access_token } = await signIn({ audience: stage.audience });
    const byIdToken = await stage.exchange('auth0', { id_token });
    const byAccessToken = await stage.exchange('auth0', { access_token });
    expect(byAccessToken.body.account.id).toBe(byIdToken.body.account.id);
    expect(await stage.notesWith(byAccessToken.body.token)).toEqual(REACHED);
  });

  it('makes the access token for our API a bearer token as it is', async () => {
    const { id_token, access_token } = await signIn({ audience: stage.audience });
    expect(await stage.notesWith(access_token)).toEqual(REACHED);
    const { body } = await stage.exchange('auth0', { id_token });
    expect(await stage.shareNotes(access_token, body.token)).toBe(true);
  });

  it('is refused by Auth0 if it is wrong, and never seen here', async () => {
    await expect(signIn({ password: 'wrong' })).rejects.toMatchObject({ error: 'invalid_grant' });
    const answer = await stage.server.api('/auth/auth0', { json: ADA });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });
});
