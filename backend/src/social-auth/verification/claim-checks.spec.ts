import { MovedClock } from '../../../test/support/moved-clock';
import { codeOf, refusalOf } from '../../../test/support/refusal-of';
import {
  audienceIs,
  audiencesOf,
  authorizedPartyIs,
  issuerIs,
  subjectIsSound,
  timesHold,
  type ClaimCheck,
} from './claim-checks';

const accepts = (check: ClaimCheck, claims: object): void =>
  expect(() => check(claims as Record<string, unknown>)).not.toThrow();
const code = (check: ClaimCheck, claims: object): Promise<string> =>
  codeOf(() => check(claims as Record<string, unknown>));
const lent = (claims: object): object => Object.create(claims) as object;

describe('the issuer', () => {
  const google = issuerIs(['https://accounts.google.com', 'accounts.google.com']);

  it('V11 is one of the accepted spellings', () => {
    accepts(google, { iss: 'https://accounts.google.com' });
    accepts(google, { iss: 'accounts.google.com' });
  });

  it.each([
    'https://accounts.google.com/',
    'http://accounts.google.com',
    'HTTPS://ACCOUNTS.GOOGLE.COM',
    ' https://accounts.google.com',
    'https://accounts.google.com\n',
    'https://accounts.google.com.evil.example',
    'https://securetoken.google.com/project',
    'https://accounts.google.com@evil.example',
    'accounts.google.co',
    '',
    null,
    undefined,
    1,
    ['https://accounts.google.com'],
    { toString: 'https://accounts.google.com' },
  ])('V11 is not %j', async (iss) => expect(await code(google, { iss })).toBe('provider_token_wrong_issuer'));

  it('V11 keeps the trailing slash of an Auth0 tenant', async () => {
    const auth0 = issuerIs(['https://example.eu.auth0.com/']);
    accepts(auth0, { iss: 'https://example.eu.auth0.com/' });
    expect(await code(auth0, { iss: 'https://example.eu.auth0.com' })).toBe('provider_token_wrong_issuer');
    expect(await code(auth0, lent({ iss: 'https://example.eu.auth0.com/' }))).toBe('provider_token_wrong_issuer');
  });

  it('V11 is nobody when none is configured', async () => {
    expect(await code(issuerIs([]), { iss: undefined })).toBe('provider_token_wrong_issuer');
  });
});

describe('the audience', () => {
  const ours = audienceIs(['web', 'mobile']);

  it.each(['web', 'mobile', ['web'], ['mobile', 'web']])('V12 may be %j', (aud) => accepts(ours, { aud }));

  it.each([
    'other',
    'WEB',
    'web ',
    'we',
    'web,mobile',
    'web mobile',
    '',
    null,
    undefined,
    0,
    true,
    [],
    ['other'],
    ['web', 'other'],
    ['web', ''],
    ['web', null],
    ['web', 7],
    [['web']],
    { 0: 'web', length: 1 },
    { web: true },
  ])('V12 may not be %j', async (aud) => expect(await code(ours, { aud })).toBe('provider_token_wrong_audience'));

  it('V12 tolerates what it was told to tolerate, but only beside ours', async () => {
    const api = audienceIs(['https://api.example.com/'], ['https://tenant.example/userinfo']);
    accepts(api, { aud: ['https://api.example.com/', 'https://tenant.example/userinfo'] });
    for (const aud of [
      'https://tenant.example/userinfo',
      ['https://tenant.example/userinfo'],
      ['https://api.example.com/', 'https://other.example/userinfo'],
    ]) {
      expect(await code(api, { aud })).toBe('provider_token_wrong_audience');
    }
  });

  it('V12 matches nothing where nothing is ours', async () => {
    for (const aud of [undefined, '', 'web', [], ['']]) {
      expect(await code(audienceIs([]), { aud })).toBe('provider_token_wrong_audience');
    }
  });

  it('is read as a list of texts, or as none', () => {
    expect(audiencesOf({ aud: 'web' })).toEqual(['web']);
    expect(audiencesOf({ aud: ['web', 'x'] })).toEqual(['web', 'x']);
    expect(audiencesOf({ aud: ['web', 1] })).toEqual([]);
    expect(audiencesOf(lent({ aud: 'web' }) as Record<string, unknown>)).toEqual([]);
  });
});

describe('the authorised party', () => {
  const ours = authorizedPartyIs(['web', 'mobile']);

  it('V13 may be absent or one of our clients', () => {
    accepts(ours, {});
    accepts(ours, { azp: 'mobile' });
    accepts(ours, lent({ azp: 'other' }));
  });

  it.each(['other', '', 'web ', null, 7, ['web'], { azp: 'web' }])('V13 may not be %j', async (azp) =>
    expect(await code(ours, { azp })).toBe('provider_token_wrong_audience'),
  );

  it('V13 holds for every claim that names a client', async () => {
    const both = authorizedPartyIs(['web'], ['azp', 'client_id']);
    accepts(both, { azp: 'web', client_id: 'web' });
    expect(await code(both, { azp: 'web', client_id: 'other' })).toBe('provider_token_wrong_audience');
    expect(await code(both, { client_id: 'other' })).toBe('provider_token_wrong_audience');
  });
});

describe('the subject', () => {
  it.each(['1', 'auth0|65f1', 'google-oauth2|112', 'a b', '~', 'x'.repeat(255), '__proto__', "'; drop table x;--"])(
    'V15 may be %s',
    (sub) => accepts(subjectIsSound, { sub }),
  );

  it.each(['', 'x'.repeat(256), 'a\0', 'a\n', '\u007f', 'é', 'а', '\u200b', 7, 0, null, undefined, true, ['1'], {}])(
    'V15 may not be %j',
    async (sub) => expect(await code(subjectIsSound, { sub })).toBe('provider_token_invalid'),
  );

  it('V15 is never lent from a prototype', async () => {
    expect(await code(subjectIsSound, lent({ sub: '1' }))).toBe('provider_token_invalid');
  });
});

describe('the times', () => {
  const clock = new MovedClock();
  const now = Math.floor(clock.now() / 1_000);
  const limits = { maximumLifetimeSeconds: 3_600, maximumAgeSeconds: 3_600 };
  const at = (shift: number, more = limits): ClaimCheck => timesHold(clock.now() + shift * 1_000, more);
  const fresh = { iat: now, exp: now + 3_600 };

  it('V14 hold for a fresh token', () => {
    accepts(at(0), fresh);
    accepts(at(0), { ...fresh, nbf: now });
    accepts(at(0), { iat: now - 0.5, exp: now + 100.25 });
  });

  it('V14 are skewed by at most a minute at the end', async () => {
    accepts(at(3_600 + 58), fresh);
    expect(await code(at(3_600 + 61), fresh)).toBe('provider_token_expired');
  });

  it('V14 are skewed by at most a minute at the start', async () => {
    accepts(at(-59), fresh);
    expect(await code(at(-62), fresh)).toBe('provider_token_not_yet_valid');
    accepts(at(-59), { ...fresh, nbf: now });
    expect(await code(at(0), { ...fresh, nbf: now + 62 })).toBe('provider_token_not_yet_valid');
  });

  it.each([30, -30])('U8 hold when this clock is off by %d seconds', (shift) => accepts(at(shift), fresh));

  it('U8 fail closed when this clock is ten minutes off, and the reason says which clock to look at', async () => {
    const late = await refusalOf(() => at(600)({ iat: now - 3_000, exp: now + 500 }));
    expect(late.code).toBe('provider_token_expired');
    expect(late.reason).toBe("exp passed 100 s ago by this server's clock");
    const early = await refusalOf(() => at(-600)(fresh));
    expect(early.code).toBe('provider_token_not_yet_valid');
    expect(early.reason).toMatch(/600 s ahead: compare this server's clock/);
  });

  it.each([
    ['no exp', { iat: now }],
    ['no iat', { exp: now + 60 }],
    ['an exp that is text', { iat: now, exp: String(now + 60) }],
    ['an iat that is text', { iat: String(now), exp: now + 60 }],
    ['an exp that is null', { iat: now, exp: null }],
    ['an iat that is true', { iat: true, exp: now + 60 }],
    ['an exp in a list', { iat: now, exp: [now + 60] }],
    ['an infinite exp', { iat: now, exp: Number.POSITIVE_INFINITY }],
    ['an exp that is no number', { iat: now, exp: Number.NaN }],
    ['an exp in milliseconds', { iat: now, exp: (now + 60) * 1_000 }],
    ['an exp before its iat', { iat: now, exp: now - 1 }],
    ['an exp equal to its iat', { iat: now, exp: now }],
    ['a lifetime of a second too many', { iat: now, exp: now + 3_601 }],
    ['a lifetime of a century', { iat: now, exp: now + 3_155_760_000 }],
    ['an nbf that is text', { ...fresh, nbf: String(now) }],
    ['an nbf that is null', { ...fresh, nbf: null }],
    ['an infinite nbf', { ...fresh, nbf: Number.NEGATIVE_INFINITY }],
  ])('V14 refuse %s', async (_name, claims) => expect(await code(at(0), claims)).toBe('provider_token_invalid'));

  it('V14 refuse what its prototype lends', async () => {
    expect(await code(at(0), lent(fresh))).toBe('provider_token_invalid');
  });

  it.each([
    ['zeros', { iat: 0, exp: 1 }],
    ['negative', { iat: -3_600, exp: -1 }],
    ['long ago', { iat: now - 9_000, exp: now - 5_400 }],
  ])('V14 refuse as expired what is %s', async (_name, claims) =>
    expect(await code(at(0), claims)).toBe('provider_token_expired'),
  );

  it('V21 refuse a token that is older than its maximum age, though it has not expired', async () => {
    const longLived = { maximumLifetimeSeconds: 36_000, maximumAgeSeconds: 600 };
    const token = { iat: now, exp: now + 36_000 };
    accepts(at(659, longLived), token);
    expect(await code(at(662, longLived), token)).toBe('provider_token_too_old');
  });
});
