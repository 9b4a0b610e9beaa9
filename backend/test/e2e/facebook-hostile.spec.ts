import { Arena } from '../hostile/arena';
import { countRows, expectRefusal, repeats, traces } from '../hostile/court';
import type { BenignToken, HostileToken } from '../hostile/hostile-entry';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';
import { FacebookTwin } from '../support/facebook-twin';
import { startTestApp, type TestApp } from '../support/test-app';

/*
 * The catalogue is written for two issuers. Here the tokens of the first are those of Limited Login: its issuer, keys and
 * lifetime, its web client as our app, and the route of Facebook. What looks like no JWT is asked of a Graph API.
 */
let arena: Arena;
let graph: FacebookTwin;
let server: TestApp;

beforeAll(async () => {
  arena = await Arena.open();
  const { clientId, issuer, jwksUri } = arena.idp.google;
  graph = await FacebookTwin.start(clientId);
  const settings = { ...graph.environment, FACEBOOK_ISSUER: issuer, FACEBOOK_JWKS_URI: jwksUri };
  server = await startTestApp({ idp: arena.idp, settings });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await graph?.stop();
  await arena?.close();
});

const post = (token: string, field: string): Promise<ApiAnswer> =>
  server.api('/auth/facebook', { json: { [field]: token } });
/** What is said of every provider's ID tokens; not what differs between the two of the catalogue. */
const isOfEverybody = ({ at, field }: HostileToken | BenignToken): boolean =>
  at === undefined && (field === undefined || field === 'id_token');
/** Facebook knows one app, the same on every device. */
const isOfOneApp = ({ title }: BenignToken): boolean => !title.includes('telephone');

describe('V20 the hostile tokens at Facebook', () => {
  const themes = tokenThemes.map(({ hostile, benign }) => ({
    hostile: hostile.filter(isOfEverybody),
    benign: benign.filter(isOfEverybody).filter(isOfOneApp),
  }));

  it.each(themes.flatMap(({ benign }) => benign))('are not: $title', async ({ token }) => {
    const { status, text } = await post(await token(arena.forge('google')), 'id_token');
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
  });

  it.each(themes.flatMap(({ hostile }) => hostile))('are refused: $title', async ({ token, refused }) => {
    const forge = arena.forge('google');
    const posted = await token(forge);
    const before = await countRows(server);
    for (const field of ['id_token', 'auth_token']) {
      server.logs.clear();
      const answer = await post(posted, field);
      expectRefusal(answer, typeof refused === 'string' ? refused : refused.google);
      expect(repeats(answer.text + server.logs.text, [...traces(posted), forge.marker])).toEqual([]);
    }
    expect(await countRows(server)).toEqual(before);
  });

  it('V2 never made the server ask the attacker for a key', () => expect(arena.attacker.hits).toBe(0));
});
