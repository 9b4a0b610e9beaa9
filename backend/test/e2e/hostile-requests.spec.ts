import { Arena, BOTH } from '../hostile/arena';
import { countRows, expectRefusal, repeats, traces } from '../hostile/court';
import type { Forge } from '../hostile/forge';
import type { BenignRequest, RequestParts } from '../hostile/hostile-entry';
import { requestThemes } from '../hostile/requests';
import { sendRequest } from '../hostile/send-request';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';
import type { IssuerName } from '../support/test-app';

let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open();
}, 60_000);
afterAll(() => arena?.close());

describe.each(BOTH)('V20 the hostile requests at %s', (provider) => {
  const send = (parts: RequestParts): Promise<ApiAnswer> =>
    sendRequest(`${arena.server.url}${parts.path ?? `/auth/${provider}`}`, parts);

  async function expectLetIn({ request }: BenignRequest): Promise<void> {
    const { status, text, body } = await send(await request(arena.forge(provider)));
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    expect(body).toMatchObject({ account: { provider } });
  }

  const control: BenignRequest = {
    title: 'a good request',
    request: (forge) => ({ body: JSON.stringify({ id_token: forge.token() }) }),
  };

  it('let a good request in at the beginning', () => expectLetIn(control));

  describe.each(requestThemes)('$theme', ({ hostile, benign }) => {
    it.each([...benign])('lets in: $title', expectLetIn);

    it.each([...hostile])('refuses $title', async ({ request, refused }) => {
      const { server } = arena;
      const parts = await request(arena.forge(provider));
      const before = await countRows(server);
      server.logs.clear();
      const answer = await send(parts);
      expectRefusal(answer, typeof refused === 'string' ? refused : refused[provider]);
      const sent = [
        Buffer.from(parts.body ?? '').toString('latin1'),
        parts.path ?? '',
        ...Object.values(parts.headers ?? {}),
      ];
      const secrets = [
        ...sent
          .join(' ')
          .split(/[^\w-]/)
          .filter((part) => part.length >= 30),
        arena.forge(provider).marker,
      ];
      expect(repeats(answer.text + JSON.stringify([...answer.headers]), secrets)).toEqual([]);
      expect(repeats(server.logs.text, secrets)).toEqual([]);
      expect(server.logs.lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
      expect(await countRows(server)).toEqual(before);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  });

  it('let a good request in at the end', () => expectLetIn(control));

  it('M12 never made the server ask the attacker for a key', () => expect(arena.attacker.hits).toBe(0));
});

describe('our own tokens in the place of a provider’s', () => {
  const expected: [IssuerName, string, string][] = [
    ['google', 'id_token', '401 provider_token_invalid'],
    ['google', 'access_token', '401 provider_token_invalid'],
    ['google', 'auth_token', '401 provider_token_invalid'],
    ['auth0', 'id_token', '401 provider_token_wrong_kind'],
    ['auth0', 'access_token', '401 auth0_audience_missing'],
    ['auth0', 'auth_token', '401 auth0_audience_missing'],
  ];

  it.each(expected)('T10 are refused by %s as %s', async (provider, field, refused) => {
    const { server } = arena;
    const { token } = await server.signIn(provider, 'ada');
    const before = await countRows(server);
    server.logs.clear();
    const answer = await server.api(`/auth/${provider}`, { json: { [field]: token } });
    expectRefusal(answer, refused);
    expect(repeats(answer.text + server.logs.text, traces(token))).toEqual([]);
    expect(await countRows(server)).toEqual(before);
  });
});

describe('G7 a provider’s tokens in the place of ours', () => {
  const paths = ['/accounts/me', '/notes'];
  const tokens: [string, (forge: Forge) => string | Promise<string>, IssuerName][] = [
    ['an ID token of Google', async ({ issuer }) => (await issuer.issue('ada')).idToken, 'google'],
    ['an access token of Google', async ({ issuer }) => (await issuer.issue('ada')).accessToken, 'google'],
    ['an ID token of Auth0', async ({ issuer }) => (await issuer.issue('ada')).idToken, 'auth0'],
    ['an access token for our API of Auth0', (forge) => forge.accessToken(), 'auth0'],
    ['an opaque access token of Auth0', async ({ issuer }) => (await issuer.issue('ada')).accessToken, 'auth0'],
    ['a JWT of the attacker', (forge) => forge.signed(forge.input(), forge.attacker.rsa), 'google'],
  ];

  it.each(tokens)('refuses %s', async (_name, make, provider) => {
    const { server } = arena;
    const token = await make(arena.forge(provider));
    for (const path of paths) {
      server.logs.clear();
      const answer = await server.api(path, { token });
      expectRefusal(answer, '401 invalid_token');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
      expect(repeats(answer.text + server.logs.text, traces(token))).toEqual([]);
    }
  });
});

describe('the catalogue', () => {
  const entries = [
    ...tokenThemes.flatMap(({ hostile }) => hostile),
    ...requestThemes.flatMap(({ hostile }) => hostile),
  ];

  it('holds more than 450 hostile tokens and requests, each with its own title and requirement', () => {
    const titles = entries.map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(450);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => !/^[A-Z]\d+ /.test(title))).toEqual([]);
  });
});
