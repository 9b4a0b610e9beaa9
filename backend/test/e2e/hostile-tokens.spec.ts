import { Arena, BOTH } from '../hostile/arena';
import { countRows, expectRefusal, repeats, traces } from '../hostile/court';
import type { Forge } from '../hostile/forge';
import type { BenignToken, CredentialField, HostileToken } from '../hostile/hostile-entry';
import { tokenThemes } from '../hostile/tokens';
import type { ApiAnswer } from '../support/api-client';

let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open();
}, 60_000);
afterAll(() => arena?.close());

const fieldsOf = ({ field }: HostileToken): CredentialField[] => (field ? [field] : ['id_token', 'auth_token']);

describe.each(BOTH)('V20 the hostile tokens at %s', (provider) => {
  const forge = (): Forge => arena.forge(provider);
  const post = (field: CredentialField, token: string): Promise<ApiAnswer> =>
    arena.server.api(`/auth/${provider}`, { json: { [field]: token } });
  const here = <Entry extends HostileToken | BenignToken>(entries: readonly Entry[]): Entry[] =>
    entries.filter(({ at }) => at === undefined || at === provider);

  async function expectAccepted({ token, field, account = {} }: BenignToken): Promise<void> {
    const { server } = arena;
    const posted = await token(forge());
    server.logs.clear();
    const { status, text, body } = await post(field ?? 'id_token', posted);
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    const issued = (body as { token: string }).token;
    expect(repeats(server.logs.text, [...traces(posted), forge().marker, issued])).toEqual([]);
    expect(server.logs.events('sign_in')).toEqual([expect.objectContaining({ outcome: 'accepted', provider })]);
    expect(body).toMatchObject({ token_type: 'Bearer', account: { provider, ...account } });
  }

  const control: BenignToken = { title: 'a good token', token: (at) => at.token() };

  it('accept a good token at the beginning', () => expectAccepted(control));

  describe.each(tokenThemes)('$theme', ({ hostile, benign }) => {
    it.each(here(benign))('accepts $title', expectAccepted);

    it.each(here(hostile))('refuses $title', async (entry) => {
      const refused = typeof entry.refused === 'string' ? entry.refused : entry.refused[provider];
      const { server } = arena;
      const token = await entry.token(forge());
      const before = await countRows(server);
      for (const field of fieldsOf(entry)) {
        server.logs.clear();
        const answer = await post(field, token);
        expectRefusal(answer, refused);
        const secrets = [...traces(token), forge().marker];
        expect(repeats(answer.text + JSON.stringify([...answer.headers]), secrets)).toEqual([]);
        expect(repeats(server.logs.text, secrets)).toEqual([]);
        if (answer.status === 401) {
          expect(server.logs.events('sign_in')).toEqual([expect.objectContaining({ outcome: 'refused', provider })]);
        }
        expect(server.logs.lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
      }
      expect(await countRows(server)).toEqual(before);
    });
  });

  it('accept a good token at the end', () => expectAccepted(control));

  it('V2 never made the server ask the attacker for a key', () => expect(arena.attacker.hits).toBe(0));
});

describe('the catalogue of hostile tokens', () => {
  const entries = tokenThemes.flatMap(({ hostile }) => hostile);

  it('has a title with a requirement for each of its entries, no two alike', () => {
    const titles = entries.map(({ title }) => title);
    expect(titles.filter((title) => !/^[A-Z]\d+ /.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has neighbours that must be accepted in every theme', () => {
    for (const { theme, benign } of tokenThemes)
      expect({ theme, some: benign.length > 0 }).toEqual({ theme, some: true });
  });
});
