import { refusalOf } from '../../../test/support/refusal-of';
import type { SocialAuthError } from '../errors/social-auth.error';
import { looksLikeJwt, MAXIMUM_TOKEN_LENGTH, ownMember, parseCompactJwt } from './compact-jwt';

const encode = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url');
const HEADER = '{"alg":"RS256","kid":"1"}';
const CLAIMS = '{"sub":"ada"}';
const SIGNATURE = encode(Buffer.alloc(256, 7));
const compact = (header: string | Buffer = HEADER, claims: string | Buffer = CLAIMS): string =>
  `${encode(header)}.${encode(claims)}.${SIGNATURE}`;

const refused = (token: string): Promise<SocialAuthError> => refusalOf(() => parseCompactJwt(token));
const expectRefused = async (token: string): Promise<void> =>
  expect((await refused(token)).code).toBe('provider_token_invalid');

/** The segment with its last character moved on: the same bytes, other trailing bits. */
function withTrailingBits(segment: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const moved = segment.slice(0, -1) + (alphabet[alphabet.indexOf(segment.at(-1) ?? '') + 1] ?? '');
  expect(Buffer.from(moved, 'base64url')).toEqual(Buffer.from(segment, 'base64url'));
  return moved;
}

describe('a compact JWS', () => {
  it('is taken apart into header and claims', () => {
    const token = compact();
    expect(parseCompactJwt(token)).toEqual({ token, header: { alg: 'RS256', kid: '1' }, claims: { sub: 'ada' } });
  });

  it('may hold any UTF-8', () => {
    const claims = { name: 'Žofie 🦊 \u0000', nested: { list: [1, null, true] } };
    expect(parseCompactJwt(compact(HEADER, JSON.stringify(claims))).claims).toEqual(claims);
  });

  it('V16 is looked at up to 16 KB and refused beyond, before it is parsed', async () => {
    const padded = (length: number): string => {
      const [header, claims] = [encode(HEADER), encode(`{"pad":"${'x'.repeat(9_000)}"}`)];
      return `${header}.${claims}.${'A'.repeat(length - header.length - claims.length - 2)}`;
    };
    expect(parseCompactJwt(padded(MAXIMUM_TOKEN_LENGTH)).claims).toHaveProperty('pad');
    expect((await refused(padded(MAXIMUM_TOKEN_LENGTH + 4))).reason).toBe('the token is too long');
    await expectRefused(`${encode(HEADER)}.${'A'.repeat(5_000_000)}.${SIGNATURE}`);
  });

  it('D7 is refused with 40,000 levels in its payload, and read with 5,000', async () => {
    const nested = (levels: number): string => compact(HEADER, `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`);
    await expectRefused(nested(40_000));
    expect(parseCompactJwt(nested(5_000)).claims).toHaveProperty('deep');
  });
});

describe('segments', () => {
  const [header, claims] = [encode(HEADER), encode(CLAIMS)];

  it.each([
    ['nothing', ''],
    ['one segment', header],
    ['two segments', `${header}.${claims}`],
    ['an empty signature', `${header}.${claims}.`],
    ['an empty payload', `${header}..${SIGNATURE}`],
    ['an empty header', `.${claims}.${SIGNATURE}`],
    ['dots alone', '..'],
    ['four segments', `${header}.${claims}.${SIGNATURE}.${SIGNATURE}`],
    ['a dot at the end', `${header}.${claims}.${SIGNATURE}.`],
    ['a dot at the start', `.${header}.${claims}.${SIGNATURE}`],
    ['five segments, a JWE', `${header}.${claims}.${SIGNATURE}.${claims}.${SIGNATURE}`],
    ['the general JSON serialisation', `{"payload":"${claims}","signatures":[{"protected":"${header}"}]}`],
    ['the flattened JSON serialisation', `{"payload":"${claims}","protected":"${header}","signature":"${SIGNATURE}"}`],
  ])('V6 refuses %s', (_name, token) => expectRefused(token));
});

describe('base64url', () => {
  const [header, claims, signature] = [encode(HEADER), encode(CLAIMS), SIGNATURE];

  it.each([
    ['padding after the signature', `${header}.${claims}.${signature}==`],
    ['padding after the payload', `${header}.${claims}=.${signature}`],
    ['a blank before', ` ${header}.${claims}.${signature}`],
    ['a blank after', `${header}.${claims}.${signature} `],
    ['a line break after', `${header}.${claims}.${signature}\n`],
    ['a line break within', `${header}.${claims.slice(0, 4)}\r\n${claims.slice(4)}.${signature}`],
    ['a tab within', `${header}.${claims}.${signature.slice(0, 8)}\t${signature.slice(8)}`],
    ['the other alphabet', `${header}.${claims}.${Buffer.alloc(256, 0xfb).toString('base64')}`],
    ['a comma', `${header}.${claims},.${signature}`],
    ['a percent escape', `${header}.${claims}%2E.${signature}`],
    ['a NUL', `${header}.${claims}\0.${signature}`],
    ['a full-width letter', `${header}.${claims}Ａ.${signature}`],
    ['a length that no bytes have', `${header}.${claims}.${signature.slice(0, 341)}`],
  ])('V6 refuses %s', (_name, token) => expectRefused(token));

  it('V6 refuses trailing bits that are not zero, in every segment', async () => {
    const even = encode('{"alg":"RS256"}  ');
    const oddClaims = encode('{"sub":"ada!"}  ');
    for (const segment of [even, oddClaims, signature]) expect(segment.length % 4).not.toBe(0);
    await expectRefused(`${withTrailingBits(even)}.${oddClaims}.${signature}`);
    await expectRefused(`${even}.${withTrailingBits(oddClaims)}.${signature}`);
    await expectRefused(`${even}.${oddClaims}.${withTrailingBits(signature)}`);
    expect(parseCompactJwt(`${even}.${oddClaims}.${signature}`).claims).toEqual({ sub: 'ada!' });
  });
});

describe('the JSON within', () => {
  it.each([
    ['a byte order mark', '\uFEFF{"sub":"ada"}'],
    ['an overlong encoding', Buffer.from([0x7b, 0x22, 0xc1, 0xa1, 0x22, 0x3a, 0x31, 0x7d])],
    ['a lone continuation byte', Buffer.from('7b2261223a2280227d', 'hex')],
    ['a surrogate in UTF-8', Buffer.from('7b2261223a22eda080227d', 'hex')],
    ['UTF-16', Buffer.from('{"sub":"ada"}', 'utf16le')],
    ['an array', '[{"sub":"ada"}]'],
    ['a string', '"ada"'],
    ['a number', '1'],
    ['null', 'null'],
    ['true', 'true'],
    ['two objects', '{"sub":"ada"}{"sub":"ben"}'],
    ['a comment', '{"sub":"ada"/**/}'],
    ['a trailing comma', '{"sub":"ada",}'],
    ['single quotes', "{'sub':'ada'}"],
    ['NaN', '{"exp":NaN}'],
    ['Infinity', '{"exp":Infinity}'],
    ['a hexadecimal number', '{"exp":0x7fffffff}'],
    ['a control character in a string', '{"sub":"a\u0000da"}'],
    ['an unfinished object', '{"sub":"ada"'],
    ['form fields', 'sub=ada&exp=1'],
  ])('V7 refuses %s as payload and as header', async (_name, json) => {
    await expectRefused(compact(HEADER, json));
    await expectRefused(compact(json, CLAIMS));
  });

  it('V9 takes the last of duplicate members, as every reader after it does', () => {
    const { header, claims } = parseCompactJwt(
      compact('{"alg":"none","alg":"RS256"}', '{"sub":"ada","sub":"eve","\\u0073ub":"ben"}'),
    );
    expect({ ...header, ...claims }).toEqual({ alg: 'RS256', sub: 'ben' });
  });

  it('V7 lends no member from a prototype', () => {
    const { claims } = parseCompactJwt(compact(HEADER, '{"__proto__":{"sub":"eve","email_verified":true}}'));
    expect(ownMember(claims, 'sub')).toBeUndefined();
    expect(ownMember(claims, 'toString')).toBeUndefined();
    expect(ownMember(claims, 'constructor')).toBeUndefined();
    expect(({} as Record<string, unknown>).sub).toBeUndefined();
  });

  it('L1 tells nothing of the token in its refusals', async () => {
    const secret = 'marker-of-a-secret';
    for (const token of [compact(HEADER, `{"sub":"${secret}`), `${encode(secret)}.${encode(secret)}.x.${secret}`]) {
      const { message, reason, cause } = await refused(token);
      expect(JSON.stringify([message, reason, String(cause)])).not.toContain(secret);
      expect(cause).toBeUndefined();
    }
  });
});

describe('the look of a JWT', () => {
  it.each([
    ['a JWS', compact()],
    ['a JWE', `${encode('{"alg":"dir"}')}..${SIGNATURE}.${SIGNATURE}.${SIGNATURE}`],
    ['a JWS with a blank before its header', compact(`  ${HEADER}`)],
    ['a JWS without signature', `${encode(HEADER)}.${encode(CLAIMS)}.`],
    ['a JWS that lost its end', `${encode(HEADER)}.${encode(CLAIMS)}`],
    ['a JWS with something more', `${compact()}.${SIGNATURE}`],
    ['a JWS with padding', `${encode(HEADER)}=.${encode(CLAIMS)}.${SIGNATURE}`],
  ])('is seen in %s', (_name, token) => expect(looksLikeJwt(token)).toBe(true));

  it.each([
    ['an access token of Google', 'ya29.a0AfB_byC1234567890'],
    ['one of a service account', 'ya29.c.c0AY_VpZg1234567890'],
    ['an opaque token', 'AbCdEf0123456789AbCdEf0123456789'],
    ['dots', '...'],
    ['nothing', ''],
  ])('is not seen in %s', (_name, token) => expect(looksLikeJwt(token)).toBe(false));
});
