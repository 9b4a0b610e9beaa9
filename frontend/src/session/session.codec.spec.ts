import { encode as plainEncode } from 'next-auth/jwt';
import type { ApiSession } from './api.session';
import { sessionCodec } from './session.codec';

const secret = 's'.repeat(32);
const start = Math.floor(Date.now() / 1_000);
const account = { id: 'a1', email: null, name: 'Ada', picture: null, provider: 'google' };
const session = (lifetime: number): ApiSession => ({ token: 'nte_x', expiresAt: start + lifetime, account });

describe('the session codec', () => {
  it('reads what it wrote', async () => {
    const { encode, decode } = sessionCodec();
    const cookie = await encode({ secret, token: { apiSession: session(600) } });
    expect((await decode({ secret, token: cookie }))?.apiSession).toEqual(session(600));
  });

  it('hides the token of the backend from whoever holds the cookie', async () => {
    const cookie = await sessionCodec().encode({ secret, token: { apiSession: session(600) } });
    const parts = cookie.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    expect(parts.join('')).not.toContain('nte_x');
  });

  it.each([
    [599, true],
    [600, false],
    [601, false],
  ])('F13 ends with the token of the backend: after %i of 600 s', async (seconds, alive) => {
    const cookie = await sessionCodec().encode({ secret, token: { apiSession: session(600) } });
    const later = sessionCodec(() => (start + seconds) * 1_000);
    expect((await later.decode({ secret, token: cookie })) !== null).toBe(alive);
  });

  it('F13 does not roll the expiry forward when the cookie is written again', async () => {
    const late = sessionCodec(() => (start + 590) * 1_000);
    const rewritten = await late.encode({ secret, token: { apiSession: session(600) }, maxAge: 86_400 });
    const after = sessionCodec(() => (start + 601) * 1_000);
    expect(await after.decode({ secret, token: rewritten })).toBeNull();
  });

  it('lets a session last a day at most, however long the token lives', async () => {
    const { encode } = sessionCodec();
    const cookie = await encode({ secret, token: { apiSession: session(90 * 86_400) }, maxAge: 30 * 86_400 });
    jest.useFakeTimers({ now: (start + 86_400 + 30) * 1_000 });
    try {
      expect(await sessionCodec().decode({ secret, token: cookie })).toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });

  it('F9 finds no session in a cookie that was encrypted with another secret', async () => {
    const cookie = await sessionCodec().encode({ secret, token: { apiSession: session(600) } });
    expect(await sessionCodec().decode({ secret: 't'.repeat(32), token: cookie })).toBeNull();
  });

  it('F5 finds no session in the value of another cookie of next-auth', async () => {
    const token = { apiSession: session(600), value: 'verifier', provider: 'google' };
    const check = await plainEncode({ secret, token, salt: 'next-auth.pkce.code_verifier' });
    expect(await sessionCodec().decode({ secret, token: check })).toBeNull();
  });

  it.each(['', 'junk', 'a.b.c', 'a..b.c.d'])('finds no session in %p', async (token) => {
    expect(await sessionCodec().decode({ secret, token })).toBeNull();
  });

  it('finds no session without a token of the backend', async () => {
    const cookie = await plainEncode({ secret, token: { name: 'Ada' } });
    expect(await sessionCodec().decode({ secret, token: cookie })).toBeNull();
    expect(() => sessionCodec().encode({ secret, token: { name: 'Ada' } })).toThrow(TypeError);
  });
});
