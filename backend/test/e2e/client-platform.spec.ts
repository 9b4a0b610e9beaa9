import { loadSettings } from '../../src/app/settings/load-settings';
import { SettingsError } from '../../src/app/settings/settings.error';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { BOTH } from '../hostile/arena';
import { startTestApp, type TestApp } from '../support/test-app';
import { testEnvironment } from '../support/test-environment';

describe('the clients of a provider', () => {
  let idp: DemoIdentityProvider;
  let server: TestApp;

  beforeAll(async () => {
    idp = await DemoIdentityProvider.start();
    const clients = ({ clientId, mobileClientId, foreignClientId }: DemoIdentityProvider['google']): string =>
      ` ${clientId} , ${mobileClientId} ; platform = android , ${foreignClientId};nonce=off`;
    const settings = { GOOGLE_CLIENT_ID: clients(idp.google), AUTH0_CLIENT_ID: clients(idp.auth0) };
    server = await startTestApp({ idp, settings });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await idp?.stop();
  });

  it.each(BOTH)('tell the owner of a token of %s on what each of them runs', async (provider) => {
    const { clientId, mobileClientId, foreignClientId } = idp[provider];
    let token = '';
    for (const id of [clientId, mobileClientId, foreignClientId]) {
      const { status, body } = await server.postIdToken(provider, 'ada', { clientId: id });
      expect(status).toBe(200);
      token = body.token;
    }
    const { body } = await server.api('/auth/sessions', { token });
    const { sessions } = body as unknown as { sessions: { platform: string | null; current: boolean }[] };
    expect(sessions.map(({ platform, current }) => [platform, current])).toEqual([
      [null, true],
      ['android', false],
      ['web', false],
    ]);
    const rows = await server.dataSource.query<{ client_id: string; platform: string | null }[]>(
      'select client_id, platform from social_auth_token where provider = $1 order by created_at',
      [provider],
    );
    expect(rows).toEqual([
      { client_id: clientId, platform: 'web' },
      { client_id: mobileClientId, platform: 'android' },
      { client_id: foreignClientId, platform: null },
    ]);
  });

  it('M10 are told by the token alone: the body names no platform', async () => {
    const { idToken: id_token } = await idp.google.issue('ada');
    const { status } = await server.api('/auth/google', { json: { id_token, platform: 'ios' } });
    expect(status).toBe(400);
  });

  it('are the ones of the token’s azp, where its aud is another one of ours', async () => {
    const { clientId, mobileClientId } = idp.google;
    const claims = { aud: clientId, azp: mobileClientId };
    const { body } = await server.postIdToken('google', 'ada', { claims });
    const { sessions } = (await server.api('/auth/sessions', { token: body.token })).body as unknown as {
      sessions: { platform: string | null }[];
    };
    expect(sessions[0]?.platform).toBe('android');
  });

  it('stop the server by the name of their variable, all faults at once', () => {
    const wrong = {
      ...testEnvironment(idp, 'postgres://nobody@127.0.0.1/none'),
      GOOGLE_CLIENT_ID: 'web,ios;platform=iphone',
      AUTH0_CLIENT_ID: 'web;nonce=maybe,web,;color=red',
    };
    let faults: readonly string[] = [];
    try {
      loadSettings(wrong);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      ({ faults } = error);
    }
    expect(faults.filter((fault) => /CLIENT_ID/.test(fault)).sort()).toEqual([
      'AUTH0_CLIENT_ID: client 1: expected nonce to be one of off, if-present, required',
      'AUTH0_CLIENT_ID: client 3: expected a client id, not an empty one',
      'AUTH0_CLIENT_ID: client 3: expected no attributes but platform and nonce',
      'AUTH0_CLIENT_ID: expected every client id once',
      'GOOGLE_CLIENT_ID: client 2: expected platform to be one of web, android, ios, desktop, tv',
    ]);
  });
});
