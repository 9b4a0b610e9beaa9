import { Arena } from '../hostile/arena';
import type { Forge } from '../hostile/forge';

const ACCEPTED = 'accepted';
const INVALID = 'provider_token_invalid';

/** RFC 7519, JSON Web Token: the validation of 7.2 and the claims of 4.1 as this server reads them. */
describe('RFC 7519', () => {
  let arena: Arena;
  let forge: Forge;

  beforeAll(async () => {
    arena = await Arena.open();
    forge = arena.forge('auth0');
  }, 60_000);
  afterAll(() => arena?.close());

  const verdict = (token: string): Promise<string> => arena.verdict('auth0', token);

  it('4 duplicate claim names: only the lexically last is used', async () => {
    const claims = JSON.stringify(forge.claims());
    const last = (members: string): string => forge.compact(forge.header(), `${claims.slice(0, -1)},${members}}`);
    expect(await verdict(last('"iss":"https://evil.example"'))).toBe('provider_token_wrong_issuer');
    expect(await verdict(forge.compact(forge.header(), `{"iss":"https://evil.example",${claims.slice(1)}`))).toBe(
      ACCEPTED,
    );
  });

  it('4.1.3 aud may be one string or a list of strings', async () => {
    expect(await verdict(forge.token({ aud: forge.issuer.clientId }))).toBe(ACCEPTED);
    expect(await verdict(forge.token({ aud: [forge.issuer.clientId] }))).toBe(ACCEPTED);
    expect(await verdict(forge.token({ aud: [forge.issuer.clientId, forge.issuer.mobileClientId] }))).toBe(ACCEPTED);
  });

  it('4.1.4 4.1.5 exp and nbf are NumericDates, with fractions and a little leeway', async () => {
    const { now } = forge;
    expect(await verdict(forge.token({ exp: now + 60.5, nbf: now + 0.25 }))).toBe(ACCEPTED);
    expect(await verdict(forge.token({ exp: String(now + 60) }))).toBe(INVALID);
    expect(await verdict(forge.token({ nbf: now + 120 }))).toBe('provider_token_not_yet_valid');
  });

  it('5.1 typ is compared without regard to case, cty is not expected', async () => {
    expect(await verdict(forge.token({}, { typ: 'jwt' }))).toBe(ACCEPTED);
    expect(await verdict(forge.token({}, { cty: 'JWT' }))).toBe(INVALID);
  });

  it('7.2 (1)-(10) the parts are base64url without line breaks, UTF-8, and JSON objects', async () => {
    const [header = '', payload = '', signature = ''] = forge.token().split('.');
    expect(await verdict(`${header}${payload}${signature}`)).not.toBe(ACCEPTED);
    expect(await verdict(`${header}\n.${payload}.${signature}`)).toBe(INVALID);
    expect(await verdict(forge.compact('[]', forge.claims()))).toBe(INVALID);
    expect(await verdict(forge.compact(forge.header(), '"text"'))).toBe(INVALID);
    expect(await verdict(forge.compact(forge.header(), Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])))).toBe(
      INVALID,
    );
  });
});
