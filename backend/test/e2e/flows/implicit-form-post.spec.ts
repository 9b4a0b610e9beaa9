import * as client from 'openid-client';
import { pickPerson } from '../../../dev/demo-identity-provider';
import type { IssuerName } from '../../support/test-app';
import { FlowStage, ISSUERS, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start(['implicit']);
}, 60_000);
afterAll(() => stage?.stop());

interface Arrival {
  config: client.Configuration;
  arrival: Request;
  nonce: string;
  state: string;
}

async function authorize(issuer: IssuerName): Promise<Arrival> {
  const config = await standardClient(stage.idp[issuer], stage.idp[issuer].legacy?.clientId ?? '');
  client.useIdTokenResponseType(config);
  const [nonce, state] = [await stage.nonce(), client.randomState()];
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: 'http://127.0.0.1:4711/legacy-callback',
    response_mode: 'form_post',
    scope: 'openid email profile',
    nonce,
    state,
  });
  return { config, nonce, state, arrival: (await pickPerson(address.href, { person: 'ada' })).arrival };
}

describe('the implicit flow with form post', () => {
  it.each(ISSUERS)('of %s posts an ID token that leads to the account of a person and to the notes', async (issuer) => {
    const { config, arrival, nonce, state } = await authorize(issuer);
    const posted = new URLSearchParams(await arrival.clone().text());
    await client.implicitAuthentication(config, arrival, nonce, { expectedState: state });
    const { status, body } = await stage.exchange(issuer, { id_token: posted.get('id_token') ?? undefined });
    expect([status, body.account.email]).toEqual([200, stage.idp[issuer].person('ada').email]);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
  });

  it('keeps the token out of addresses, and never posts an access token', async () => {
    const { arrival } = await authorize('auth0');
    expect([arrival.method, new URL(arrival.url).search, new URL(arrival.url).hash]).toEqual(['POST', '', '']);
    expect([...(await arrival.formData()).keys()].sort()).toEqual(['id_token', 'state']);
  });

  it('is refused by an ID token that was made for another sign-in', async () => {
    const { config, arrival, state } = await authorize('auth0');
    const answer = client.implicitAuthentication(config, arrival, await stage.nonce(), { expectedState: state });
    await expect(answer).rejects.toMatchObject({ cause: { cause: { claim: 'nonce' } } });
  });
});
