import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { pickPerson } from '../../../dev/demo-identity-provider';
import type { IssuerName } from '../../support/test-app';
import { FlowStage, ISSUERS, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start(['hybrid']);
}, 60_000);
afterAll(() => stage?.stop());

interface Arrival {
  config: client.Configuration;
  arrival: Request;
  checks: client.AuthorizationCodeGrantChecks;
}

async function authorize(issuer: IssuerName, more: Record<string, string> = {}): Promise<Arrival> {
  const { clientId = '', clientSecret } = stage.idp[issuer].legacy ?? {};
  const config = await standardClient(stage.idp[issuer], clientId, clientSecret);
  client.useCodeIdTokenResponseType(config);
  const checks = { expectedState: client.randomState(), expectedNonce: await stage.nonce() };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: 'http://127.0.0.1:4711/legacy-callback',
    response_mode: 'form_post',
    scope: 'openid email profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  });
  return { config, checks, arrival: (await pickPerson(address.href, { person: 'ada' })).arrival };
}

describe('the hybrid flow', () => {
  it.each(ISSUERS)(
    'of %s leads by the ID token of its code to the account of a person and the notes',
    async (issuer) => {
      const { config, arrival, checks } = await authorize(issuer);
      const { id_token } = await client.authorizationCodeGrant(config, arrival, checks);
      const { status, body } = await stage.exchange(issuer, { id_token });
      expect([status, body.account.email]).toEqual([200, stage.idp[issuer].person('ada').email]);
      expect(await stage.notesWith(body.token)).toEqual(REACHED);
    },
  );

  it('brings an ID token with the code, which leads to the same account at once', async () => {
    const { config, arrival, checks } = await authorize('auth0', { audience: stage.audience });
    const early = new URLSearchParams(await arrival.clone().text()).get('id_token') ?? '';
    expect(decodeJwt(early)).toMatchObject({ c_hash: expect.any(String) as string });
    const first = await stage.exchange('auth0', { id_token: early });
    const { access_token } = await client.authorizationCodeGrant(config, arrival, checks);
    const second = await stage.exchange('auth0', { access_token });
    expect(second.body.account.id).toBe(first.body.account.id);
    expect(await stage.notesWith(first.body.token)).toEqual(REACHED);
  });

  it('of Auth0 makes the access token for our API a bearer token as it is', async () => {
    const { config, arrival, checks } = await authorize('auth0', { audience: stage.audience });
    const { access_token } = await client.authorizationCodeGrant(config, arrival, checks);
    expect(await stage.notesWith(access_token)).toEqual(REACHED);
  });

  it('refuses a code that does not belong to the ID token beside it', async () => {
    const [mine, other] = [await authorize('auth0'), await authorize('auth0')];
    const fields = new URLSearchParams(await mine.arrival.text());
    fields.set('code', new URLSearchParams(await other.arrival.text()).get('code') ?? '');
    const mixed = new Request(mine.arrival.url, { method: 'POST', body: fields });
    await expect(client.authorizationCodeGrant(mine.config, mixed, mine.checks)).rejects.toThrow();
  });
});
