import { codeOf } from '../../../test/support/refusal-of';
import type { BearerSource } from './bearer-source';
import { sourceFor } from './source-choice';

const sourceOf = (provider: string, recognises?: (token: string) => boolean): BearerSource => ({
  provider,
  form: { issuers: [`https://${provider}.example/`], keySource: `https://${provider}.example/keys`, recognises },
  strategy: { verify: () => Promise.reject(new Error('nothing is verified here')) },
  keys: { provesForMs: () => 0 },
});

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const tokenOf = (claims: object): string => `${encoded({ alg: 'RS256' })}.${encoded(claims)}.c2ln`;

const [one, other] = [sourceOf('one'), sourceOf('other', (token) => token === 'opaque')];

describe('the provider that judges a bearer token', () => {
  it.each<[string, string, BearerSource]>([
    ['its issuer', tokenOf({ iss: 'https://other.example/' }), other],
    ['nobody, so that the first one refuses it', tokenOf({ iss: 'https://evil.example/' }), one],
    ['a list', tokenOf({ iss: ['https://other.example/'] }), one],
    ['nothing', tokenOf({}), one],
    ['no dot, but is one of its own', 'opaque', other],
  ])('is chosen where the token names %s', (_name, token, source) =>
    expect(sourceFor(token, [one, other])).toBe(source),
  );

  it('is the only one, which reads the token itself', () => expect(sourceFor('no.jwt', [one])).toBe(one));

  it('is nobody for a token that cannot be read', async () =>
    expect(await codeOf(() => sourceFor('no.jwt', [one, other]))).toBe('provider_token_invalid'));
});
