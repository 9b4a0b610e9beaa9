import { Arena } from '../hostile/arena';
import { countRows, repeats, traces } from '../hostile/court';
import type { HostileToken } from '../hostile/hostile-entry';
import { tokenThemes } from '../hostile/tokens';
import { TAKES_ACCESS_TOKENS, verdictOf } from '../support/direct-bearer';

/** What can stand in the header at all: RFC 6750's b64token. */
const B64TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
/** What Node reads of all headers together; a longer request is answered before any of our code. */
const LONGEST_HEADER = 15_000;

let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open({ settings: TAKES_ACCESS_TOKENS });
}, 60_000);
afterAll(() => arena?.close());

/** The same token at the exchange, in the field of access tokens, and as a bearer token. */
async function verdicts(token: string): Promise<{ exchange: string; bearer: string; texts: string }> {
  const { server } = arena;
  const exchange = await server.api('/auth/auth0', { json: { access_token: token } });
  const bearer = await server.api('/accounts/me', { token });
  const challenge = bearer.headers.get('www-authenticate');
  if (bearer.status === 401) expect(challenge).toBe('Bearer realm="api", error="invalid_token"');
  return { exchange: verdictOf(exchange), bearer: verdictOf(bearer), texts: exchange.text + bearer.text };
}

/** Hostile only in the field of ID tokens: as a bearer token it is what is wanted. */
const GENUINE = 'V10 V22 a genuine access token for the API as ID token';

const here = (entries: readonly HostileToken[]): HostileToken[] =>
  entries.filter(({ at = 'auth0', title }) => at === 'auth0' && title !== GENUINE);

describe('V20 a hostile token as bearer token has the code that it has in an exchange', () => {
  const counted = { compared: 0, unsendable: 0 };

  describe.each(tokenThemes)('$theme', ({ hostile }) => {
    it.each(here(hostile))('$title', async (entry) => {
      const { server } = arena;
      const forge = arena.forge('auth0');
      const token = await entry.token(forge);
      const before = await countRows(server);
      server.logs.clear();
      if (token.length > LONGEST_HEADER || !B64TOKEN.test(token)) {
        counted.unsendable += 1;
        return;
      }
      counted.compared += 1;
      const { exchange, bearer, texts } = await verdicts(token);
      expect(exchange).toMatch(/^4/);
      // A string without dots, that is not opaque either, is nobody's token.
      expect(bearer).toBe(token.includes('.') || !exchange.endsWith('_invalid') ? exchange : '401 invalid_token');
      expect(repeats(texts + server.logs.text, [...traces(token), forge.marker])).toEqual([]);
      expect(await countRows(server)).toEqual(before);
    });
  });

  it('compares most of the catalogue', () => {
    expect(counted.compared).toBeGreaterThan(200);
    expect(counted.unsendable).toBeLessThan(counted.compared / 4);
  });

  it('V2 never made the server ask the attacker for a key', () => expect(arena.attacker.hits).toBe(0));
});

/** The catalogue is of ID tokens: here each change is made to an access token, which one place has to refuse as the other. */
describe('V20 an access token with one thing wrong has the same code at both', () => {
  const day = 86_400;
  const now = (): number => Math.floor(Date.now() / 1_000);

  it.each<[string, () => object, (() => object)?]>([
    ['V11 another issuer', () => ({ iss: 'https://evil.example/' })],
    ['V12 another audience', () => ({ aud: 'https://other.example/' })],
    ['V12 a foreign audience beside ours', () => ({ aud: [arena.idp.auth0.audience, 'https://other.example/'] })],
    ['V13 a client of somebody else', () => ({ azp: arena.idp.auth0.foreignClientId })],
    ['V13 a client of somebody else in the profile of RFC 9068', () => ({ azp: undefined, client_id: 'other' })],
    ['V14 an end in the past', () => ({ iat: now() - 7_200, exp: now() - 3_600 })],
    ['V14 an issue in the future', () => ({ iat: now() + 600, exp: now() + 1_200 })],
    ['V14 a life that is too long', () => ({ exp: now() + 2 * day })],
    ['V14 no end', () => ({ exp: undefined })],
    ['V14 an end as text', () => ({ exp: String(now() + day) })],
    ['V14 not yet valid', () => ({ nbf: now() + 600 })],
    ['V15 no subject', () => ({ sub: undefined })],
    ['V15 a subject in Unicode', () => ({ sub: 'auth0|ädä' })],
    ['V1 no algorithm', () => ({}), () => ({ alg: 'none' })],
    ['V1 another algorithm', () => ({}), () => ({ alg: 'HS256' })],
    ['V8 an extension that is critical', () => ({}), () => ({ crit: ['exp'] })],
    ['V3 an unknown key', () => ({}), () => ({ kid: 'unknown' })],
    ['V10 the type of a logout token', () => ({}), () => ({ typ: 'logout+jwt' })],
    ['V10 the type of a proof', () => ({}), () => ({ typ: 'dpop+jwt' })],
    ['V10 no type', () => ({}), () => ({ typ: undefined })],
    ['X5 a key of its client by DPoP', () => ({ cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } })],
    ['X5 a key of its client by mTLS', () => ({ cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } })],
    ['X1 scopes as a list', () => ({ scope: ['notes:read'] })],
    ['X1 scopes as nothing', () => ({ scope: null })],
    ['X1 permissions as text', () => ({ permissions: 'notes:read' })],
    ['X1 permissions as an object', () => ({ permissions: { 0: 'notes:read', length: 1 } })],
    ['X1 permissions as nothing', () => ({ permissions: null })],
    ['X1 a permission that is no text', () => ({ permissions: ['notes:read', 1] })],
    ['G7 a machine that is not listed', () => ({ sub: 'eve@clients', azp: 'eve', gty: 'client-credentials' })],
    [
      'G7 a machine with a client of people',
      () => {
        const { clientId } = arena.idp.auth0;
        return { sub: `${clientId}@clients`, azp: clientId, gty: 'client-credentials' };
      },
    ],
    ['G7 a person with the grant of a machine', () => ({ gty: 'client-credentials' })],
  ])('%s', async (_name, claims, header = () => ({})) => {
    const before = await countRows(arena.server);
    const { exchange, bearer } = await verdicts(arena.forge('auth0').accessToken(claims(), header()));
    expect(exchange).toMatch(/^401 provider_token_/);
    expect(bearer).toBe(exchange);
    expect(await countRows(arena.server)).toEqual(before);
  });

  it.each<[string, () => object, (() => object)?]>([
    ['without changes', () => ({})],
    ['V10 of the type of RFC 9068', () => ({}), () => ({ typ: 'at+jwt' })],
    ['V13 with its client as RFC 9068 names it', () => ({ azp: undefined, client_id: arena.idp.auth0.clientId })],
    ['V12 for our API alone', () => ({ aud: arena.idp.auth0.audience, scope: 'notes:read' })],
  ])('and is taken at both %s', async (_name, claims, header = () => ({})) => {
    const token = arena.forge('auth0').accessToken({ permissions: undefined, ...claims() }, header());
    const { status } = await arena.server.api('/notes', { token });
    const exchange = await arena.server.api('/auth/auth0', { json: { access_token: token } });
    expect([status, exchange.status, exchange.body.is_new_account]).toEqual([200, 200, false]);
  });
});
