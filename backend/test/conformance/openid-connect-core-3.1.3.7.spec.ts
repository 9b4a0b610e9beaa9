import { Arena, BOTH } from '../hostile/arena';
import type { Forge } from '../hostile/forge';

const ACCEPTED = 'accepted';
const INVALID = 'provider_token_invalid';

let arena: Arena;

beforeAll(async () => {
  arena = await Arena.open();
}, 60_000);
afterAll(() => arena?.close());

/** OpenID Connect Core 1.0, 3.1.3.7, ID Token Validation: each of its thirteen steps, at both providers. */
describe.each(BOTH)('OpenID Connect Core 3.1.3.7 at %s', (provider) => {
  let forge: Forge;
  beforeAll(() => {
    forge = arena.forge(provider);
  });

  const verdict = (token: string): Promise<string> => arena.verdict(provider, token);
  const withClaims = (claims: object): Promise<string> => verdict(forge.token(claims));

  it('(1) an encrypted ID Token, which was not agreed upon, is rejected', async () => {
    const jwe = [{ alg: 'RSA-OAEP-256', enc: 'A256GCM' }, 'k', 'iv', 'ciphertext', 'tag'].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(await verdict(jwe.join('.'))).toBe(INVALID);
  });

  it('(2) the issuer identifier must exactly match iss', async () => {
    expect(await withClaims({ iss: forge.issuer.issuer })).toBe(ACCEPTED);
    expect(await withClaims({ iss: `${forge.issuer.issuer}x` })).toBe('provider_token_wrong_issuer');
  });

  it('(3) aud must contain the client_id, and nothing that is not trusted', async () => {
    expect(await withClaims({ aud: forge.issuer.clientId })).toBe(ACCEPTED);
    for (const aud of ['other', [forge.issuer.clientId, 'other'], [], undefined]) {
      expect(await withClaims({ aud })).toBe('provider_token_wrong_audience');
    }
  });

  it('(4) (5) azp, if present, must be the client_id', async () => {
    expect(await withClaims({ azp: forge.issuer.clientId })).toBe(ACCEPTED);
    expect(await withClaims({ azp: undefined })).toBe(ACCEPTED);
    expect(await withClaims({ azp: forge.issuer.foreignClientId })).toBe('provider_token_wrong_audience');
  });

  it('(6) the signature must be validated by the issuer’s key', async () => {
    expect(await verdict(forge.signed(forge.input(), arena.attacker.rsa))).toBe(INVALID);
    expect(await verdict(`${forge.input()}.`)).toBe(INVALID);
  });

  it('(7) alg should be the default of RS256', async () => {
    for (const alg of ['none', 'HS256', 'RS384', 'PS256', 'ES256']) {
      expect({ alg, code: await verdict(forge.token({}, { alg })) }).toEqual({ alg, code: INVALID });
    }
  });

  it('(8) a MAC by the client_secret is no way in', async () => {
    expect(await verdict(forge.hmac('HS256', forge.issuer.clientSecret))).toBe(INVALID);
  });

  it('(9) the current time must be before exp, with no more than a few minutes of leeway', async () => {
    const { now } = forge;
    expect(await withClaims({ iat: now - 600, exp: now - 30 })).toBe(ACCEPTED);
    expect(await withClaims({ iat: now - 600, exp: now - 65 })).toBe('provider_token_expired');
    expect(await withClaims({ exp: undefined })).toBe(INVALID);
  });

  it('(10) iat rejects tokens that were issued too far away from the current time', async () => {
    expect(await withClaims({ iat: forge.now + 90, exp: forge.now + 600 })).toBe('provider_token_not_yet_valid');
    expect(await withClaims({ iat: undefined })).toBe(INVALID);
  });

  it('(11) a nonce is the client’s to check: it is let through as it is, and told nobody', async () => {
    const { status, text } = await arena.server.api(`/auth/${provider}`, {
      json: { id_token: forge.token({ nonce: 'a-nonce-of-the-client' }) },
    });
    expect(status).toBe(200);
    expect(text).not.toContain('a-nonce-of-the-client');
    expect(await withClaims({ nonce: undefined })).toBe(ACCEPTED);
  });

  it('(12) (13) acr and auth_time were not asked for and change no verdict', async () => {
    expect(await withClaims({ acr: '0', auth_time: forge.now - 100_000, amr: ['pwd'] })).toBe(ACCEPTED);
    expect(await withClaims({ acr: undefined, auth_time: 'yesterday' })).toBe(ACCEPTED);
  });

  it('2 sub is required, at most 255 ASCII characters, and case sensitive', async () => {
    expect(await withClaims({ sub: undefined })).toBe(INVALID);
    expect(await withClaims({ sub: 'x'.repeat(256) })).toBe(INVALID);
    const post = async (sub: string): Promise<string> => {
      const token = forge.token({ sub, email: undefined });
      return (await arena.server.api(`/auth/${provider}`, { json: { id_token: token } })).body.account.id;
    };
    expect(await post('auth0|Case')).not.toBe(await post('auth0|case'));
    expect(await post('auth0|case')).toBe(await post('auth0|case'));
  });

  it('10.1 a kid that is absent, while there are several keys, is no match', async () => {
    expect(await verdict(forge.token({}, { kid: undefined }))).toBe(INVALID);
  });

  it('10.1.1 a rotated key is accepted beside the former one, a withdrawn one is not', async () => {
    expect(await verdict(forge.token())).toBe(ACCEPTED);
    const former = forge.signed(forge.input({ kid: forge.former.kid }), forge.former.privateKey);
    expect(await verdict(former)).toBe(ACCEPTED);
    const retired = forge.signed(forge.input({ kid: forge.retired.kid }), forge.retired.privateKey);
    expect(await verdict(retired)).toBe(INVALID);
  });
});
