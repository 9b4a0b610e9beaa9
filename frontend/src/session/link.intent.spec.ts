import { LINK_INTENT_MS, newLinkIntent, purposeOf, readLinkIntent, type ProviderAnswer } from './link.intent';

const now = 1_800_000_000_000;
const intent = newLinkIntent('auth0', 'state-1', 'nte_mine', now);
const answer: ProviderAnswer = { provider: 'auth0', state: 'state-1', token: 'nte_mine' };

describe('what the answer of a provider is for', () => {
  it('is the link that this session asked for', () => {
    expect(purposeOf(intent, answer, now)).toBe('link');
  });

  it.each<[string, Partial<ProviderAnswer>]>([
    ['another authorization request', { state: 'state-2' }],
    ['no authorization request', { state: null }],
    ['an empty one', { state: '' }],
  ])('is a sign-in, where it belongs to %s than the intent', (_what, changes) => {
    expect(purposeOf(intent, { ...answer, ...changes }, now)).toBe('sign_in');
  });

  it('is a sign-in, where there is no intent', () => {
    expect(purposeOf(undefined, answer, now)).toBe('sign_in');
  });

  it.each<[string, Partial<ProviderAnswer>]>([
    ['the session of somebody else', { token: 'nte_other' }],
    ['a browser without a session', { token: undefined }],
    ['the address of another provider', { provider: 'google' }],
  ])('is nothing, and no sign-in either, where it comes to %s', (_what, changes) => {
    expect(purposeOf(intent, { ...answer, ...changes }, now)).toBe('nothing');
  });

  it.each([
    [LINK_INTENT_MS - 1, 'link'],
    [LINK_INTENT_MS, 'nothing'],
    [2 * LINK_INTENT_MS, 'nothing'],
  ])('after %i ms is %s', (passed, purpose) => {
    expect(purposeOf(intent, answer, now + passed)).toBe(purpose);
  });
});

describe('an intent to link', () => {
  it('holds neither the token nor the state themselves', () => {
    expect(JSON.stringify(intent)).not.toMatch(/nte_|state-1/);
  });

  it('is read from a cookie as it was written', () => {
    expect(readLinkIntent({ ...intent, iat: 1, exp: 2 })).toEqual(intent);
  });

  it.each([undefined, {}, { ...intent, state: '' }, { ...intent, expiresAt: '9' }, { ...intent, session: 1 }])(
    'is not read from %j',
    (fields) => {
      expect(readLinkIntent(fields)).toBeUndefined();
    },
  );
});
