import { encode } from 'next-auth/jwt';
import { isAwaited, type StateAnswer } from './awaited.state';

const site = { origin: 'https://app.example.com', secret: 's'.repeat(32) };
const NAME = '__Secure-next-auth.state';

/** A state cookie as next-auth writes it. */
const cookieOf = (token: object, { secret = site.secret, salt = NAME, maxAge = 900 } = {}): Promise<string> =>
  encode({ token: { ...token }, secret, salt, maxAge });

describe('F4 an answer by form', () => {
  let answer: StateAnswer;
  beforeEach(async () => {
    answer = { provider: 'apple', state: 'abc', cookie: await cookieOf({ value: 'abc', provider: 'apple' }) };
  });

  it('is awaited by the browser that asked for it', async () => {
    expect(await isAwaited(answer, site)).toBe(true);
  });

  it.each<[string, Partial<StateAnswer>]>([
    ['without a state', { state: undefined }],
    ['with an empty one', { state: '' }],
    ['with that of another request', { state: 'abd' }],
    ['at the address of another provider', { provider: 'google' }],
    ['in a browser without the cookie', { cookie: undefined }],
    ['with junk as the cookie', { cookie: 'a.b.c' }],
  ])('is not awaited %s', async (_which, changes) => {
    expect(await isAwaited({ ...answer, ...changes }, site)).toBe(false);
  });

  it.each([
    ['another secret', { secret: 't'.repeat(32) }],
    ['another purpose', { salt: '__Secure-next-auth.nonce' }],
    ['a time that is over', { maxAge: -60 }],
  ])('is not awaited where the cookie was made with %s', async (_what, options) => {
    const cookie = await cookieOf({ value: 'abc', provider: 'apple' }, options);
    expect(await isAwaited({ ...answer, cookie }, site)).toBe(false);
  });

  it('is not awaited where the cookie holds neither state nor provider', async () => {
    expect(await isAwaited({ ...answer, cookie: await cookieOf({}) }, site)).toBe(false);
  });
});
