import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { Attacker } from '../hostile/attacker';
import { countRows, expectRefusal, repeats, traces } from '../hostile/court';
import { Forge } from '../hostile/forge';
import { INVALID, type BenignToken, type HostileToken, type Refusal } from '../hostile/hostile-entry';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';
import { startTestApp, type TestApp } from '../support/test-app';

/** The catalogue as it is written for a tenant of Auth0, at an instance of OpenID Connect with that tenant for issuer. */
const TWIN = 'auth0';

/** What no generic issuer has: the text of Auth0's own opaque tokens, and that tenant's lifetimes and namespace. */
const OPAQUE_AS_ID_TOKEN = 'V19 an opaque access token of the tenant as ID token';
const OF_THE_TENANT_ALONE = new Set([
  'V14 a lifetime of a second too many',
  'M7 an access token whose namespaced address has a NUL',
]);

let idp: DemoIdentityProvider;
let attacker: Attacker;
let forge: Forge;
let server: TestApp;

beforeAll(async () => {
  [idp, attacker] = await Promise.all([DemoIdentityProvider.start(), Attacker.start()]);
  forge = await Forge.open(TWIN, idp, attacker);
  const { issuer, clientId, mobileClientId, audience } = idp.auth0;
  server = await startTestApp({
    idp,
    settings: {
      OIDC_PROVIDERS: 'tenant',
      OIDC_TENANT_ISSUER: issuer,
      OIDC_TENANT_CLIENT_ID: `${clientId},${mobileClientId}`,
      OIDC_TENANT_AUDIENCE: audience,
    },
  });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await Promise.all([attacker?.stop(), idp?.stop()]);
});

const post = (field: string, token: string): Promise<ApiAnswer> =>
  server.api('/auth/oidc/tenant', { json: { [field]: token } });

const here = <Entry extends HostileToken | BenignToken>(entries: readonly Entry[]): Entry[] =>
  entries.filter(({ at, title }) => (at === undefined || at === TWIN) && !OF_THE_TENANT_ALONE.has(title));

function refusalOf({ refused, title }: HostileToken): Refusal {
  const atTwin = typeof refused === 'string' ? refused : refused[TWIN];
  return atTwin === '401 auth0_audience_missing' || title === OPAQUE_AS_ID_TOKEN ? INVALID : atTwin;
}

describe('V20 the hostile tokens at an instance of OpenID Connect', () => {
  async function expectAccepted({ token, field, account = {} }: BenignToken): Promise<void> {
    const { status, text, body } = await post(field ?? 'id_token', await token(forge));
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    expect(body).toMatchObject({ account: { provider: 'oidc-tenant', ...account } });
  }

  const control: BenignToken = { title: 'a good token', token: (at) => at.token() };

  it('accepts a good token at the beginning', () => expectAccepted(control));

  describe.each(tokenThemes)('$theme', ({ hostile, benign }) => {
    it.each(here(benign))('accepts $title', expectAccepted);

    it.each(here(hostile))('refuses $title', async (entry) => {
      const token = await entry.token(forge);
      const before = await countRows(server);
      for (const field of entry.field ? [entry.field] : ['id_token', 'auth_token']) {
        server.logs.clear();
        const answer = await post(field, token);
        expectRefusal(answer, refusalOf(entry));
        const secrets = [...traces(token), forge.marker];
        expect(repeats(answer.text + JSON.stringify([...answer.headers]) + server.logs.text, secrets)).toEqual([]);
        expect(server.logs.lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
      }
      expect(await countRows(server)).toEqual(before);
    });
  });

  it('V14 refuses a lifetime of more than a day', async () => {
    expectRefusal(await post('id_token', forge.token({ exp: forge.now + 86_401 })), INVALID);
    await expectAccepted({ title: '', token: (at) => at.token({ exp: at.now + 86_400 }) });
  });

  it('M7 refuses an access token whose address has a NUL', async () => {
    expectRefusal(await post('access_token', forge.accessToken({ email: 'victim\0@example.com' })), INVALID);
  });

  it('accepts a good token at the end', () => expectAccepted(control));

  it('V2 never made the server ask the attacker for a key', () => expect(attacker.hits).toBe(0));
});
