import { randomBytes } from 'node:crypto';
import { checkOptions } from './options-check';
import { auth0 } from './providers/auth0/auth0.provider';
import { google } from './providers/google/google.provider';
import { SocialAuthConfigurationError, type SocialAuthExtras, type SocialAuthOptions } from './social-auth.options';

const key = { id: 'k1', key: randomBytes(32) };
const good: SocialAuthOptions = { tokens: { hmacKeys: [key] }, providerSettings: { google: { clientIds: ['web'] } } };
const extras: SocialAuthExtras = { providers: [google] };

function faultsOf(options: Partial<SocialAuthOptions>, more: Partial<SocialAuthExtras> = {}): readonly string[] {
  try {
    checkOptions({ ...good, ...options }, more.providers ?? extras.providers);
  } catch (error) {
    if (error instanceof SocialAuthConfigurationError) return error.faults;
    throw error;
  }
  return [];
}

const tokens = (changes: Partial<SocialAuthOptions['tokens']>): Partial<SocialAuthOptions> => ({
  tokens: { ...good.tokens, ...changes },
});

describe('the options of the module', () => {
  it.each<[string, Partial<SocialAuthOptions>]>([
    ['the least', {}],
    ['several keys', tokens({ hmacKeys: [key, { id: 'k.2_-', key: randomBytes(64) }] })],
    ['a prefix', tokens({ prefix: 'live2' })],
    ['a lifetime of a second', tokens({ ttlSeconds: 1 })],
    ['both schemes', { authSchemes: ['Bearer', 'Token'] }],
    ['a realm', { realm: 'notes of example.com' }],
    ['a shared secret', { frontendSharedSecret: 'x'.repeat(32) }],
  ])('are good with %s', (_name, options) => expect(faultsOf(options)).toEqual([]));

  it.each<[string, Partial<SocialAuthOptions>, RegExp]>([
    ['no list of keys', { tokens: {} as never }, /^tokens\.hmacKeys: expected a list of keys$/],
    ['no key', tokens({ hmacKeys: [] }), /^tokens\.hmacKeys: expected at least one key$/],
    ['a short key (L4)', tokens({ hmacKeys: [{ ...key, key: randomBytes(31) }] }), /keys of at least 32 bytes/],
    ['a key without an id', tokens({ hmacKeys: [{ ...key, id: '' }] }), /expected ids of 1 to 32/],
    ['a key with a long id', tokens({ hmacKeys: [{ ...key, id: 'x'.repeat(33) }] }), /expected ids of 1 to 32/],
    ['two keys of one id', tokens({ hmacKeys: [key, { ...key, key: randomBytes(32) }] }), /every id once/],
    ['a prefix in capitals', tokens({ prefix: 'Live' }), /^tokens\.prefix: expected/],
    ['a prefix that is a pattern', tokens({ prefix: 'a.*' }), /^tokens\.prefix: expected/],
    ['an empty prefix', tokens({ prefix: '' }), /^tokens\.prefix: expected/],
    ['no lifetime', tokens({ ttlSeconds: 0 }), /^tokens\.ttlSeconds: expected/],
    ['a negative lifetime', tokens({ ttlSeconds: -60 }), /^tokens\.ttlSeconds: expected/],
    ['a lifetime of more than a year', tokens({ ttlSeconds: 31_536_001 }), /^tokens\.ttlSeconds: expected/],
    ['half a second', tokens({ ttlSeconds: 0.5 }), /^tokens\.ttlSeconds: expected/],
    ['an infinite lifetime', tokens({ ttlSeconds: Infinity }), /^tokens\.ttlSeconds: expected/],
    ['a lifetime that is no number', tokens({ ttlSeconds: Number.NaN }), /^tokens\.ttlSeconds: expected/],
    ['the scheme Token alone', { authSchemes: ['Token'] }, /^authSchemes: expected Bearer/],
    [
      'an unknown scheme',
      { authSchemes: ['Bearer', 'Basic'] as never },
      /^authSchemes: expected Bearer, and nothing but/,
    ],
    ['no scheme', { authSchemes: [] }, /^authSchemes: expected Bearer/],
    ['a realm that breaks out of its quotes', { realm: 'api", error="x' }, /^realm: expected/],
    ['a realm with a line break', { realm: 'api\r\nX-Evil: 1' }, /^realm: expected/],
    ['an empty realm', { realm: '' }, /^realm: expected/],
    ['a short shared secret', { frontendSharedSecret: 'x'.repeat(31) }, /^frontendSharedSecret: expected at least 32/],
    ['no settings of a mounted provider', { providerSettings: {} }, /^providerSettings\.google: expected settings/],
    ['settings in a prototype', { providerSettings: Object.create({ google: {} }) as object as never }, /google/],
  ])('are refused with %s', (_name, options, fault) => {
    const faults = faultsOf(options);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('are refused without a provider and with one that is mounted twice', () => {
    expect(faultsOf({}, { providers: [] })).toEqual(['providers: expected at least one provider']);
    expect(faultsOf({}, { providers: [google, google] })).toEqual(['providers: expected every name once']);
    expect(faultsOf({}, { providers: [google, auth0] })).toEqual([expect.stringMatching(/^providerSettings\.auth0: /)]);
  });

  it('L4 are refused with all faults at once, none of which tells a secret', () => {
    const secret = 'a-short-secret';
    const options = { ...good, ...tokens({ prefix: 'X', ttlSeconds: 0 }), frontendSharedSecret: secret, realm: '"' };
    expect(() => checkOptions(options, extras.providers)).toThrow(
      /prefix[^]*ttlSeconds[^]*realm[^]*frontendSharedSecret/,
    );
    expect(faultsOf(options)).toHaveLength(4);
    expect(faultsOf(options).join()).not.toContain(secret);
  });
});
