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

const accounts = (changes: SocialAuthOptions['accounts']): Partial<SocialAuthOptions> => ({ accounts: changes });

describe('the options of the module', () => {
  it.each<[string, Partial<SocialAuthOptions>]>([
    ['the least', {}],
    ['several keys', tokens({ hmacKeys: [key, { id: 'k.2_-', key: randomBytes(64) }] })],
    ['a prefix', tokens({ prefix: 'live2' })],
    ['a lifetime of a second', tokens({ ttlSeconds: 1 })],
    ['both schemes', { authSchemes: ['Bearer', 'Token'] }],
    ['a realm', { realm: 'notes of example.com' }],
    ['a shared secret', { frontendSharedSecret: 'x'.repeat(32) }],
    ['an idle end of a second more than twice the interval', tokens({ idleSeconds: 121 })],
    ['neither idle end nor last use', tokens({ lastUsedSeconds: 0 })],
    [
      'no grace, no limit and no retention',
      tokens({ rotationGraceSeconds: 0, limit: { perAccount: 0 }, retentionSeconds: 0 }),
    ],
    ['personal tokens', tokens({ personal: { scopes: ['notes:read', 'a'], idleSeconds: 3_600, perAccount: 0 } })],
    ['no cache', tokens({ cache: { size: 0 } })],
    ['a longest personal lifetime below the default one', tokens({ personal: { maximumTtlSeconds: 60 } })],
    [
      'all of accounts',
      accounts({
        signUp: false,
        allowedHostedDomains: ['example.com'],
        allowedEmailDomains: ['Mail.Example.org', 'xn--bcher-kva.example'],
        linking: { google: 'link-verified' },
        linkSameSubject: true,
        adminIdentities: [{ provider: 'google', subject: '1234' }],
        freshSignInSeconds: 1,
      }),
    ],
    [
      'all the rest',
      {
        idTokens: { singleUse: true, challengeSeconds: 60 },
        securityLog: { retentionSeconds: 86_400 },
        revocation: { boundMs: 200 },
        preparedStatements: false,
        explainRefusals: true,
        backgroundJobs: false,
      },
    ],
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
    ['no idle time', tokens({ idleSeconds: 0 }), /^tokens\.idleSeconds: expected a whole number of seconds, 1 to/],
    [
      'an idle end without last use',
      tokens({ idleSeconds: 600, lastUsedSeconds: 0 }),
      /^tokens\.idleSeconds: .*lastUsed/,
    ],
    [
      'an idle end of twice the interval',
      tokens({ idleSeconds: 120 }),
      /^tokens\.idleSeconds: expected more than twice/,
    ],
    [
      'a personal idle end of twice the interval',
      tokens({ personal: { idleSeconds: 20 }, lastUsedSeconds: 10 }),
      /^tokens\.personal\.idleSeconds: expected more than twice/,
    ],
    [
      'a personal idle end without last use',
      tokens({ personal: { idleSeconds: 600 }, lastUsedSeconds: 0 }),
      /^tokens\.personal\.idleSeconds: expected none/,
    ],
    ['a negative interval', tokens({ lastUsedSeconds: -1 }), /^tokens\.lastUsedSeconds: expected/],
    ['a grace of hours', tokens({ rotationGraceSeconds: 3_601 }), /^tokens\.rotationGraceSeconds: expected/],
    ['half a token', tokens({ limit: { perAccount: 0.5 } }), /^tokens\.limit\.perAccount: expected/],
    [
      'an unknown policy',
      tokens({ limit: { policy: 'evict' as never } }),
      /^tokens\.limit\.policy: expected one of reject/,
    ],
    ['a limit that is no group', tokens({ limit: 5 as never }), /^tokens\.limit: expected an object$/],
    ['a scope with a space', tokens({ personal: { scopes: ['notes read'] } }), /^tokens\.personal\.scopes: expected/],
    ['a scope twice', tokens({ personal: { scopes: ['a', 'a'] } }), /^tokens\.personal\.scopes: expected/],
    ['scopes in one text', tokens({ personal: { scopes: 'a b' as never } }), /^tokens\.personal\.scopes: expected/],
    [
      'a personal lifetime beyond the longest',
      tokens({ personal: { ttlSeconds: 61, maximumTtlSeconds: 60 } }),
      /^tokens\.personal\.ttlSeconds: expected at most/,
    ],
    ['a cache that no machine holds', tokens({ cache: { size: 1_000_001 } }), /^tokens\.cache\.size: expected/],
    ['a cache without a time', tokens({ cache: { seconds: 0 } }), /^tokens\.cache\.seconds: expected/],
    ['a negative number of personal tokens', tokens({ personal: { perAccount: -1 } }), /^tokens\.personal\.perAccount/],
    ['a negative retention', tokens({ retentionSeconds: -1 }), /^tokens\.retentionSeconds: expected/],
    ['a text for a flag', accounts({ signUp: 'false' as never }), /^accounts\.signUp: expected true or false$/],
    ['null for a group', { accounts: null as never }, /^accounts: expected an object$/],
    ['a domain with a star', accounts({ allowedHostedDomains: ['*.example.com'] }), /^accounts\.allowedHostedDomains/],
    ['an address for a domain', accounts({ allowedEmailDomains: ['a@example.com'] }), /^accounts\.allowedEmailDomains/],
    [
      'an unknown linking policy',
      accounts({ linking: { google: 'link' as never } }),
      /^accounts\.linking: expected one of/,
    ],
    ['linking of what is not mounted', accounts({ linking: { gogle: 'refuse' } }), /^accounts\.linking: expected/],
    ['a text for the linking', accounts({ linking: 'refuse' as never }), /^accounts\.linking: expected/],
    [
      'an administrator at what is not mounted',
      accounts({ adminIdentities: [{ provider: 'gogle', subject: '1' }] }),
      /^accounts\.adminIdentities: expected a list/,
    ],
    [
      'an administrator without a subject',
      accounts({ adminIdentities: [{ provider: 'google', subject: '' }] }),
      /^accounts\.adminIdentities: expected/,
    ],
    ['no freshness', accounts({ freshSignInSeconds: 0 }), /^accounts\.freshSignInSeconds: expected/],
    ['a text for single use', { idTokens: { singleUse: 'no' as never } }, /^idTokens\.singleUse: expected/],
    ['a challenge of no time', { idTokens: { challengeSeconds: 0 } }, /^idTokens\.challengeSeconds: expected/],
    ['no security log', { securityLog: { retentionSeconds: 0 } }, /^securityLog\.retentionSeconds: expected/],
    ['a word for a bus', { revocation: { bus: 'postgres' as never } }, /^revocation\.bus: expected an object with/],
    ['a bound of no time', { revocation: { boundMs: 0 } }, /^revocation\.boundMs: expected/],
    ['a text for background jobs', { backgroundJobs: 'false' as never }, /^backgroundJobs: expected true or false$/],
    ['a text for the explanations', { explainRefusals: 'false' as never }, /^explainRefusals: expected true or false$/],
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
    const options = {
      ...good,
      ...tokens({ prefix: 'X', ttlSeconds: 0 }),
      ...accounts({ freshSignInSeconds: 0 }),
      frontendSharedSecret: secret,
      realm: '"',
    };
    expect(() => checkOptions(options, extras.providers)).toThrow(
      /prefix[^]*ttlSeconds[^]*freshSignIn[^]*realm[^]*frontendSharedSecret/,
    );
    expect(faultsOf(options)).toHaveLength(5);
    expect(faultsOf(options).join()).not.toContain(secret);
  });
});
