import * as client from 'openid-client';
import { approveDevice, type DemoIssuer } from '../../../dev/demo-identity-provider';
import type { IssuerName } from '../../support/test-app';
import { FlowStage, ISSUERS, REACHED, standardClient } from './flow-stage';

let stage: FlowStage;

beforeAll(async () => {
  stage = await FlowStage.start();
}, 60_000);
afterAll(() => stage?.stop());

/** Google says `verification_url`; a client that knows RFC 8628 alone needs the name of it. */
const inTheWordsOfRfc8628: client.CustomFetch = async (address, options) => {
  const answer = await fetch(address, options);
  if (!address.endsWith('/device/code')) return answer;
  const { verification_url, ...body } = (await answer.json()) as Record<string, unknown>;
  return Response.json({ verification_uri: verification_url, ...body });
};

async function television(issuer: DemoIssuer): Promise<client.Configuration> {
  const config = await standardClient(issuer, issuer.tvClientId, issuer.tvClientSecret);
  config[client.customFetch] = inTheWordsOfRfc8628;
  return config;
}

type Asked = Awaited<ReturnType<typeof client.initiateDeviceAuthorization>>;

async function ask(issuer: IssuerName, more = {}): Promise<{ config: client.Configuration; asked: Asked }> {
  const config = await television(stage.idp[issuer]);
  const asked = await client.initiateDeviceAuthorization(config, { scope: 'openid email profile', ...more });
  return { config, asked: { ...asked, interval: 1 } };
}

async function signIn(issuer: IssuerName, more = {}): Promise<client.TokenEndpointResponse> {
  const { config, asked } = await ask(issuer, more);
  const [tokens] = await Promise.all([
    client.pollDeviceAuthorizationGrant(config, asked),
    approveDevice(asked.verification_uri, asked.user_code, { person: 'ada' }),
  ]);
  return tokens;
}

describe('the device authorization of a television', () => {
  it.each(ISSUERS)('of %s leads by its ID token to the account of a person and to the notes', async (issuer) => {
    const { id_token } = await signIn(issuer);
    const { status, body } = await stage.exchange(issuer, { id_token });
    expect([status, body.account.email]).toEqual([200, stage.idp[issuer].person('ada').email]);
    expect(await stage.notesWith(body.token)).toEqual(REACHED);
    expect(await stage.platformOf(body.token)).toBe('tv');
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

  it('yields nothing before somebody has entered the code, nor after somebody has refused', async () => {
    const { config, asked } = await ask('auth0');
    const poll = (): Promise<unknown> =>
      client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:device_code', {
        device_code: asked.device_code,
      });
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
    await approveDevice(asked.verification_uri, asked.user_code, { cancel: 'yes' });
    await expect(poll()).rejects.toMatchObject({ error: 'access_denied' });
  });
});
