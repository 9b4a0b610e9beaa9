import * as client from 'openid-client';
import { FlowStage, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start();
}, 60_000);
afterAll(() => stage?.stop());

async function ask(more: Record<string, string> = {}): Promise<string> {
  const { clientId = '', clientSecret } = stage.idp.auth0.machine ?? {};
  const config = await standardClient(stage.idp.auth0, clientId, clientSecret);
  const { access_token } = await client.clientCredentialsGrant(config, { audience: stage.audience, ...more });
  return access_token;
}

describe('the client credentials of a machine at Auth0', () => {
  it('lead to the account of a machine and to the notes', async () => {
    const { status, body } = await stage.exchange('auth0', { access_token: await ask() });
    expect([status, body.account.email]).toEqual([200, null]);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
    const admin = await stage.server.dataSource.query<object[]>('select kind from social_auth_account');
    expect(admin).toEqual([{ kind: 'machine' }]);
  });

  it('lead to the same account as a bearer token, without an exchange', async () => {
    const token = await ask();
    expect(await stage.notesWith(token)).toEqual(REACHED);
    const { body } = await stage.exchange('auth0', { access_token: token });
    expect(await stage.shareNotes(token, body.token)).toBe(true);
  });

  it('reach no further than the scopes that the machine asked for', async () => {
    const token = await ask({ scope: 'notes:read' });
    const { body } = await stage.exchange('auth0', { access_token: token });
    expect(await stage.notesWith(body.token)).toEqual([403, 200]);
    expect(await stage.notesWith(token)).toEqual([403, 200]);
  });
});
