import { codeOf } from '../../../test/support/refusal-of';
import { checkHeader, isKeyId } from './jose-header';

const ID_TOKEN = [undefined, 'jwt'];
const ACCESS_TOKEN = ['jwt', 'at+jwt'];
const good = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
const check = (header: object, types: (string | undefined)[] = ID_TOKEN): Promise<string> =>
  codeOf(() => checkHeader(header as Record<string, unknown>, types));

/** A header as it is parsed from JSON: with members that an object literal would not make its own. */
const parsed = (json: string): Record<string, unknown> => JSON.parse(json) as Record<string, unknown>;

describe('the algorithm', () => {
  it('V1 is RS256', () => {
    expect(checkHeader(good, ID_TOKEN)).toBe('key-1');
  });

  const refused: unknown[] = [
    ...['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'rs256', 'Rs256', 'RS256 ', ' RS256', 'RS256\0', 'RS-256'],
    ...['RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES256K', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    ...['HS256', 'HS384', 'HS512', 'RS1', 'dir', 'A256GCMKW', 'RSA-OAEP', 'RSA-OAEP-256', 'PBES2-HS256+A128KW'],
    ...['', null, true, 256, 0, ['RS256'], { alg: 'RS256' }],
  ];
  it.each(refused.map((alg) => ({ alg })))('V1 refuses $alg', async ({ alg }) => {
    expect(await check({ ...good, alg })).toBe('provider_token_invalid');
  });

  it('V1 refuses a header that names none, or lends it from its prototype', async () => {
    expect(await check({ typ: 'JWT', kid: 'key-1' })).toBe('provider_token_invalid');
    expect(await check(Object.create(good) as object)).toBe('provider_token_invalid');
    expect(await check(parsed('{"__proto__":{"alg":"RS256"}}'))).toBe('provider_token_invalid');
  });
});

describe('the key id', () => {
  const accepted = [
    'a',
    '0',
    'key 1',
    '~',
    '!"#$%&/()=?',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    'x'.repeat(128),
  ];
  it.each(accepted)('V3 may be %s', (kid) => {
    expect(checkHeader({ ...good, kid }, ID_TOKEN)).toBe(kid);
    expect(isKeyId(kid)).toBe(true);
  });

  const refused: unknown[] = [
    '',
    'x'.repeat(129),
    'a\nb',
    'a\r',
    '\t',
    'a\0',
    '\u001b[31m',
    'ключ',
    'é',
    '\u200b',
    'a\u007f',
  ];
  it.each([...refused, null, 1, true, ['key-1'], { kid: 'key-1' }].map((kid) => ({ kid })))(
    'V3 may not be $kid',
    async ({ kid }) => {
      expect(await check({ ...good, kid })).toBe('provider_token_invalid');
      expect(isKeyId(kid)).toBe(false);
    },
  );

  it('V3 may be absent, and is never lent from a prototype', () => {
    expect(checkHeader({ alg: 'RS256' }, ID_TOKEN)).toBeUndefined();
    expect(checkHeader(parsed('{"alg":"RS256","__proto__":{"kid":"key-1"}}'), ID_TOKEN)).toBeUndefined();
  });
});

describe('other members', () => {
  it.each([
    { crit: ['exp'] },
    { crit: [] },
    { crit: null },
    { crit: ['b64'], b64: false },
    { b64: true },
    { b64: false },
    { zip: 'DEF' },
    { zip: null },
    { cty: 'JWT' },
    { cty: '' },
  ])('V8 refuses %j', async (members) => {
    expect(await check({ ...good, ...members })).toBe('provider_token_invalid');
  });

  it('V2 never reads a key or the address of one', () => {
    const trap = new Proxy<Record<string, unknown>>(
      { ...good, jwk: {}, jku: 'https://evil.example/', x5c: ['x'], x5u: 'https://evil.example/', 'x5t#S256': 'x' },
      {
        get: (target, name) => {
          if (/^(jwk|jku|x5)/.test(String(name))) throw new Error(`read ${String(name)}`);
          return target[String(name)];
        },
      },
    );
    expect(checkHeader(trap, ID_TOKEN)).toBe('key-1');
  });

  it('ignores members that nobody has defined', () => {
    expect(checkHeader({ ...good, iss: 'somebody', extra: { deep: [1] } }, ID_TOKEN)).toBe('key-1');
  });
});

describe('the type', () => {
  it.each([['JWT'], ['jwt'], ['Jwt'], ['application/jwt'], [undefined]])('V10 of an ID token may be %s', (typ) => {
    expect(checkHeader({ ...good, typ }, ID_TOKEN)).toBe('key-1');
    const { typ: _absent, ...without } = good;
    expect(checkHeader(without, ID_TOKEN)).toBe('key-1');
  });

  it.each([['JWT'], ['at+jwt'], ['AT+JWT'], ['application/at+jwt']])('V10 of an access token may be %s', (typ) => {
    expect(checkHeader({ ...good, typ }, ACCESS_TOKEN)).toBe('key-1');
  });

  const foreign = [
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'oauth-authz-req+jwt',
    'token-introspection+jwt',
    'JOSE',
    'JWS',
  ];
  it.each([...foreign, '', ' JWT', 'JWT ', 'application/application/jwt', 'text/jwt', 'at+jwt+jwt'])(
    'V10 is refused as another kind: %j',
    async (typ) => {
      expect(await check({ ...good, typ })).toBe('provider_token_wrong_kind');
      expect(await check({ ...good, typ }, ACCESS_TOKEN)).toBe('provider_token_wrong_kind');
    },
  );

  it('V10 tells the two kinds apart where it can', async () => {
    expect(await check({ ...good, typ: 'at+jwt' })).toBe('provider_token_wrong_kind');
    expect(await check({ alg: 'RS256' }, ACCESS_TOKEN)).toBe('provider_token_wrong_kind');
  });

  it.each([{ typ: null }, { typ: 1 }, { typ: ['JWT'] }, { typ: { toLowerCase: 'JWT' } }])(
    'V10 refuses what is no string: %j',
    async (member) => {
      expect(await check({ ...good, ...member })).toBe('provider_token_invalid');
    },
  );
});
