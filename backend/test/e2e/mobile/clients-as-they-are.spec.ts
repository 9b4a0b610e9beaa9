import {
  approveDevice,
  DemoIdentityProvider,
  signInHeadless,
  type DemoIssuer,
} from '../../../dev/demo-identity-provider';
import { AccountClient, type SessionBody } from '../../support/account-client';
import { Administrator } from '../../support/administrator';
import type { ApiAnswer } from '../../support/api-client';
import { startTestApp, type IssuerName, type TestApp } from '../../support/test-app';

/** What each client calls itself; it proves nothing, and its owner knows it by that. */
const USER_AGENTS = {
  web: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  android: 'okhttp/5.1.0',
  tv: 'Mozilla/5.0 (Linux; Android 12; BRAVIA 4K) AppleWebKit/537.36',
  machine: 'nightly-report/2.4',
} as const;

let idp: DemoIdentityProvider;
let server: TestApp;

beforeAll(async () => {
  idp = await DemoIdentityProvider.start();
  const { clientId, mobileClientId, tvClientId } = idp.google;
  const settings = {
    ...idp.variables(),
    GOOGLE_CLIENT_ID: `${clientId},${mobileClientId};platform=android;nonce=required,${tvClientId};platform=tv`,
    ADMIN_IDENTITIES: `google:${idp.google.person('ada').subject}`,
  };
  server = await startTestApp({ idp, settings });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await idp?.stop();
});

interface Tokens {
  id_token: string;
  access_token: string;
}

async function form<Answer>(address: string, fields: Record<string, string | undefined>): Promise<Answer> {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(given) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function exchange(issuer: IssuerName, json: object, client: keyof typeof USER_AGENTS): Promise<ApiAnswer> {
  const answer = await server.api(`/auth/${issuer}`, { json, headers: { 'user-agent': USER_AGENTS[client] } });
  if (answer.status !== 200) throw new Error(`The exchange was answered ${answer.status}: ${answer.text}`);
  return answer;
}

/** Somebody at a browser: authorization code with PKCE. */
async function browser(issuer: IssuerName, person: string): Promise<ApiAnswer> {
  const redirectUri = `http://localhost:3000/api/auth/callback/${issuer}`;
  const { tokens } = await signInHeadless(idp[issuer], { choice: { person }, redirectUri });
  return exchange(issuer, { id_token: tokens?.id_token }, 'web');
}

/** Somebody with a phone: a token for the site, issued to the app, with a nonce of ours. */
async function phone(person: string): Promise<ApiAnswer> {
  const { body } = await server.api('/auth/challenge', { method: 'POST' });
  const { nonce } = body as unknown as { nonce: string };
  const claims = { aud: idp.google.clientId, azp: idp.google.mobileClientId, nonce };
  const { idToken } = await idp.google.issue(person, { claims });
  return exchange('google', { id_token: idToken }, 'android');
}

/** Somebody before a television: device authorization. [RFC 8628] */
async function television(person: string): Promise<ApiAnswer> {
  const { deviceAuthorizationUri, tokenUri, tvClientId, tvClientSecret }: DemoIssuer = idp.google;
  const client = { client_id: tvClientId, client_secret: tvClientSecret };
  const asked = await form<{ device_code: string; user_code: string; verification_url: string }>(
    deviceAuthorizationUri,
    { ...client, scope: 'openid email profile' },
  );
  await approveDevice(asked.verification_url, asked.user_code, { person });
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const { id_token } = await form<Tokens>(tokenUri, { ...client, grant_type, device_code: asked.device_code });
  return exchange('google', { id_token }, 'tv');
}

/** A program for itself: client credentials. [RFC 6749 4.4] */
async function machine(): Promise<ApiAnswer> {
  const { tokenUri, audience, machine: client } = idp.auth0;
  const { access_token } = await form<Tokens>(tokenUri, {
    grant_type: 'client_credentials',
    client_id: client?.clientId,
    client_secret: client?.clientSecret,
    audience,
  });
  return exchange('auth0', { access_token }, 'machine');
}

describe('whoever signs in is shown as what they are', () => {
  it('a browser, a phone and a television of one person in the list of its sessions', async () => {
    await browser('google', 'ada');
    const { body: onPhone } = await phone('ada');
    const { body: onTelevision } = await television('ada');
    const shown = ({ platform, user_agent }: SessionBody): unknown[] => [platform, user_agent];
    const everything = [
      ['tv', USER_AGENTS.tv],
      ['android', USER_AGENTS.android],
      ['web', USER_AGENTS.web],
    ];
    for (const { token } of [onPhone, onTelevision]) {
      const sessions = await new AccountClient(server, token).sessions();
      expect(sessions.map(shown)).toEqual(everything);
      expect(sessions.every(({ kind, provider }) => kind === 'sign_in' && provider === 'google')).toBe(true);
    }
    const current = await new AccountClient(server, onTelevision.token).currentSession();
    expect(current.platform).toBe('tv');
  });

  it('people of Google and Auth0 and a machine in the list of accounts, and in their sessions', async () => {
    const administrator = await Administrator.of(server);
    const { account: ofAuth0 } = (await browser('auth0', 'ben')).body;
    const { account: ofMachine } = (await machine()).body;
    const { accounts } = await administrator.read('/accounts');
    expect(accounts.map(({ id, kind, provider, email }) => ({ id, kind, provider, email }))).toEqual([
      { id: ofMachine.id, kind: 'machine', provider: 'auth0', email: null },
      { id: ofAuth0.id, kind: 'person', provider: 'auth0', email: idp.auth0.person('ben').email },
      { id: administrator.id, kind: 'person', provider: 'google', email: idp.google.person('ada').email },
    ]);
    const platforms = async (id: string): Promise<unknown[]> => {
      const { sessions } = await administrator.read<SessionBody>(`/accounts/${id}/sessions`);
      return sessions.map(({ platform, user_agent, scopes }) => ({ platform, user_agent, scoped: scopes !== null }));
    };
    expect(await platforms(ofMachine.id)).toEqual([{ platform: null, user_agent: USER_AGENTS.machine, scoped: true }]);
    expect(await platforms(ofAuth0.id)).toEqual([{ platform: 'web', user_agent: USER_AGENTS.web, scoped: false }]);
    expect((await platforms(administrator.id)).slice(1)).toEqual([
      { platform: 'tv', user_agent: USER_AGENTS.tv, scoped: false },
      { platform: 'android', user_agent: USER_AGENTS.android, scoped: false },
      { platform: 'web', user_agent: USER_AGENTS.web, scoped: false },
    ]);
  });
});
