import { Arena } from '../hostile/arena';
import type { Forge } from '../hostile/forge';

const ACCEPTED = 'accepted';
const INVALID = 'provider_token_invalid';

/** RFC 8725 (BCP 225), JSON Web Token Best Current Practices; each test is named by its section. */
describe('RFC 8725', () => {
  let arena: Arena;
  let google: Forge;
  let auth0: Forge;

  beforeAll(async () => {
    arena = await Arena.open();
    [google, auth0] = [arena.forge('google'), arena.forge('auth0')];
  }, 60_000);
  afterAll(() => arena?.close());

  const verdict = ({ provider }: Forge, token: string, field?: string): Promise<string> =>
    arena.verdict(provider, token, field);
  const atBoth = async (make: (forge: Forge) => string): Promise<string[]> => [
    await verdict(google, make(google)),
    await verdict(auth0, make(auth0)),
  ];
  const both = (code: string): string[] => [code, code];

  it('3.1 performs algorithm verification: one algorithm, whatever the token says', async () => {
    expect(await atBoth((forge) => forge.token())).toEqual(both(ACCEPTED));
    expect(await atBoth((forge) => forge.token({}, { alg: 'none' }))).toEqual(both(INVALID));
    expect(
      await atBoth((forge) => forge.hmac('HS256', forge.publicKey.export({ format: 'pem', type: 'spki' }))),
    ).toEqual(both(INVALID));
  });

  it('3.2 uses appropriate algorithms: each key is used with the one for which it is published', async () => {
    for (const name of ['for-rs512', 'for-ps256', 'for-encryption'] as const) {
      const make = (forge: Forge): string => forge.signed(forge.input({ kid: name }), forge.unusable[name].privateKey);
      expect(await atBoth(make)).toEqual(both(INVALID));
    }
  });

  it('3.3 validates all cryptographic operations: a nested or encrypted token is rejected whole', async () => {
    expect(await atBoth((forge) => forge.token({}, { cty: 'JWT' }))).toEqual(both(INVALID));
    expect(await atBoth((forge) => `${forge.token()}.${'x'.repeat(8)}.${'x'.repeat(8)}`)).toEqual(both(INVALID));
  });

  it('3.4 validates cryptographic inputs: a key with an exponent of one verifies nothing', async () => {
    const make = (forge: Forge): string => {
      const input = forge.input({ kid: 'small-exponent' });
      return `${input}.${forge.paddedDigest(input).toString('base64url')}`;
    };
    expect(await atBoth(make)).toEqual(both(INVALID));
  });

  it('3.5 ensures that keys have sufficient entropy: none of 1024 bits', async () => {
    const make = (forge: Forge): string => forge.signed(forge.input({ kid: 'weak' }), forge.unusable.weak.privateKey);
    expect(await atBoth(make)).toEqual(both(INVALID));
  });

  it('3.6 avoids compression', async () => {
    expect(await atBoth((forge) => forge.token({}, { zip: 'DEF' }))).toEqual(both(INVALID));
  });

  it('3.7 uses UTF-8', async () => {
    const utf16 = (forge: Forge): string =>
      forge.compact(forge.header(), Buffer.from(JSON.stringify(forge.claims()), 'utf16le'));
    expect(await atBoth(utf16)).toEqual(both(INVALID));
    expect(await atBoth((forge) => forge.token({ name: 'Žofie 🦊' }))).toEqual(both(ACCEPTED));
  });

  it('3.8 validates issuer and subject: the key belongs to the issuer, the subject is sound', async () => {
    expect(await atBoth((forge) => forge.token({ iss: forge.other.issuer }))).toEqual(
      both('provider_token_wrong_issuer'),
    );
    const foreignKey = (forge: Forge): string => forge.signed(forge.input(), forge.other.signingKey.privateKey);
    expect(await atBoth(foreignKey)).toEqual(both(INVALID));
    expect(await atBoth((forge) => forge.token({ sub: '' }))).toEqual(both(INVALID));
  });

  it('3.9 uses and validates audience', async () => {
    const wrong = both('provider_token_wrong_audience');
    expect(await atBoth((forge) => forge.token({ aud: forge.issuer.foreignClientId }))).toEqual(wrong);
    expect(await atBoth((forge) => forge.token({ aud: undefined }))).toEqual(wrong);
  });

  it('3.10 does not trust received claims: kid is a name and no path, jku and x5u are never followed', async () => {
    for (const kid of ['../../../etc/passwd', "' or 1=1 --", '$(id)']) {
      expect(await atBoth((forge) => forge.token({}, { kid }))).toEqual(both(INVALID));
    }
    const { attacker } = arena;
    const pointing = (forge: Forge): string =>
      forge.signed(
        forge.input({ kid: attacker.kid, jku: attacker.url, x5u: attacker.url, jwk: attacker.jwk }),
        attacker.rsa,
      );
    expect(await atBoth(pointing)).toEqual(both(INVALID));
    expect(attacker.hits).toBe(0);
  });

  it('3.11 uses explicit typing where there is any', async () => {
    for (const typ of ['logout+jwt', 'secevent+jwt', 'dpop+jwt']) {
      expect(await atBoth((forge) => forge.token({}, { typ }))).toEqual(both('provider_token_wrong_kind'));
    }
  });

  it('3.12 uses mutually exclusive validation rules for different kinds of JWTs', async () => {
    expect(await verdict(auth0, auth0.accessToken(), 'access_token')).toBe(ACCEPTED);
    expect(await verdict(auth0, auth0.accessToken(), 'id_token')).toBe('provider_token_wrong_kind');
    expect(await verdict(auth0, auth0.token(), 'access_token')).toBe('provider_token_wrong_kind');
    expect(await verdict(google, google.token(), 'access_token')).toBe('provider_token_wrong_kind');
    expect(await verdict(auth0, auth0.token({}, { typ: 'at+jwt' }))).toBe('provider_token_wrong_kind');
  });
});
