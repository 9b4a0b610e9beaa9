import { randomUUID } from 'node:crypto';
import { DemoIdentityProvider } from '../../dev/demo-identity-provider';
import { Attacker } from '../hostile/attacker';
import { countRows, expectRefusal, repeats, traces } from '../hostile/court';
import { Forge } from '../hostile/forge';
import type { BenignToken, HostileToken } from '../hostile/hostile-entry';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';
import { LoopbackIssuer } from '../support/loopback-issuer';
import { TENANTS } from '../support/microsoft-twin';
import { startTestApp, type TestApp } from '../support/test-app';

/** A provider to which the catalogue of Auth0's ID tokens is put, in the dress of its own. */
interface Candidate {
  name: string;
  /** Path of its issuer; the catalogue knows Auth0's by its name. */
  path: string;
  /** What its key set says of every key. */
  ofKey: (origin: string) => object;
  /** What its tokens hold besides. */
  ofToken: () => object;
  settings: (forge: Forge, origin: string) => Record<string, string>;
  /** Entries that mean nothing here. */
  leavesOut: readonly RegExp[];
}

/** Tokens that the demo issuer itself has made: their issuer is not the dressed one. */
const MADE_ELSEWHERE = /a genuine ID token( of somebody else’s client| as a token of either kind|$)/;
/** By a second longer than Auth0's ten hours; these providers' tokens live for a day, which their own specs hold. */
const ANOTHER_LIFE = /a lifetime of a second too many/;

const clientIdsOf = ({ issuer }: Forge): string => `${issuer.clientId},${issuer.mobileClientId}`;

const apple: Candidate = {
  name: 'apple',
  path: '/auth0',
  ofKey: () => ({}),
  ofToken: () => ({}),
  settings: (forge, origin) => ({
    APPLE_CLIENT_ID: clientIdsOf(forge),
    APPLE_ISSUER: `${origin}/auth0`,
    APPLE_JWKS_URI: `${origin}/auth/keys`,
  }),
  leavesOut: [MADE_ELSEWHERE, ANOTHER_LIFE],
};

const microsoft: Candidate = {
  name: 'microsoft',
  path: `/${TENANTS.contoso}/v2.0`,
  ofKey: (origin) => ({ issuer: `${origin}/{tenantid}/v2.0` }),
  ofToken: () => ({ tid: TENANTS.contoso, oid: randomUUID() }),
  settings: (forge, origin) => ({
    MICROSOFT_CLIENT_ID: clientIdsOf(forge),
    MICROSOFT_ISSUER: `${origin}/common/v2.0`,
  }),
  // The path is that of a tenant: its own spec puts dots into it.
  leavesOut: [MADE_ELSEWHERE, ANOTHER_LIFE, /an issuer with dots in its path/],
};

describe.each([apple, microsoft])('V20 the hostile tokens at $name', (candidate) => {
  let idp: DemoIdentityProvider;
  let attacker: Attacker;
  let forge: Forge;
  let keys: LoopbackIssuer;
  let server: TestApp;

  beforeAll(async () => {
    [idp, attacker] = await Promise.all([DemoIdentityProvider.start(), Attacker.start()]);
    forge = await Forge.open('auth0', idp, attacker);
    const { auth0 } = idp;
    const strangers = Object.values(forge.unusable).map(({ published }) => published);
    keys = await LoopbackIssuer.start((_own, origin) =>
      [...strangers, ...auth0.publishedKeys].map((key) => ({ ...key, ...candidate.ofKey(origin) })),
    );
    const issuer = `${keys.origin}${candidate.path}`;
    const dressed = new Proxy(auth0, {
      get: (target, name) => (name === 'issuer' ? issuer : Reflect.get(target, name)) as unknown,
    });
    Object.defineProperty(forge, 'issuer', { value: dressed });
    const plain = forge.claims.bind(forge);
    forge.claims = (changes = {}) => plain({ ...candidate.ofToken(), ...changes });
    server = await startTestApp({ idp, settings: candidate.settings(forge, keys.origin) });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await Promise.all([keys?.stop(), attacker?.stop(), idp?.stop()]);
  });

  const post = (field: string, token: string): Promise<ApiAnswer> =>
    server.api(`/auth/${candidate.name}`, { json: { [field]: token } });
  const here = <Entry extends HostileToken | BenignToken>(entries: readonly Entry[]): Entry[] =>
    entries.filter(({ at, title }) => at === undefined && !candidate.leavesOut.some((pattern) => pattern.test(title)));

  async function expectAccepted({ token, field = 'id_token' }: BenignToken): Promise<void> {
    const { status, text, body } = await post(field, await token(forge));
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    expect(body).toMatchObject({ account: { provider: candidate.name } });
  }

  const control: BenignToken = { title: 'a good token', token: (at) => at.token() };

  it('accept a good token at the beginning', () => expectAccepted(control));

  describe.each(tokenThemes)('$theme', ({ hostile, benign }) => {
    const [sound, wrong] = [here(benign), here(hostile)];
    if (sound.length > 0) it.each(sound)('accepts $title', expectAccepted);

    it.each(wrong)('refuses $title', async (entry) => {
      const refused = typeof entry.refused === 'string' ? entry.refused : entry.refused.auth0;
      const token = await entry.token(forge);
      const before = await countRows(server);
      for (const field of entry.field ? [entry.field] : ['id_token', 'auth_token']) {
        server.logs.clear();
        const answer = await post(field, token);
        expectRefusal(answer, refused);
        const secrets = [...traces(token), forge.marker];
        expect(repeats(answer.text + server.logs.text, secrets)).toEqual([]);
      }
      expect(await countRows(server)).toEqual(before);
    });
  });

  it('accept a good token at the end', () => expectAccepted(control));

  it('leaves out no more than it says', () => {
    const all = tokenThemes
      .flatMap(({ hostile, benign }) => [...hostile, ...benign])
      .filter(({ at }) => at === undefined);
    const out = all.filter(({ title }) => candidate.leavesOut.some((pattern) => pattern.test(title)));
    expect(out).toHaveLength(candidate === apple ? 4 : 5);
    expect(all.length - out.length).toBeGreaterThan(300);
  });

  it('V2 never made the server ask the attacker for a key', () => expect(attacker.hits).toBe(0));
});
