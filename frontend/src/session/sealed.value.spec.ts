import { encode } from 'next-auth/jwt';
import { sessionCodec } from './session.codec';
import { seal, unseal } from './sealed.value';

const secret = 's'.repeat(32);
const content = { ticket: 'very-secret-ticket', provider: 'auth0' };

describe('a sealed value', () => {
  it('opens to what was put into it', async () => {
    expect(await unseal('link-ticket', await seal('link-ticket', content, secret, 60), secret)).toMatchObject(content);
  });

  it('hides it from whoever holds the cookie', async () => {
    const value = await seal('link-ticket', content, secret, 60);
    expect(
      value
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString())
        .join(''),
    ).not.toContain('secret');
  });

  it('opens to nothing when its time is over', async () => {
    const value = await seal('link-ticket', content, secret, 60);
    jest.useFakeTimers({ now: Date.now() + 90_000 });
    try {
      expect(await unseal('link-ticket', value, secret)).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('opens to nothing for another purpose, with another secret, or after a change', async () => {
    const value = await seal('link-intent', content, secret, 60);
    expect(await unseal('link-ticket', value, secret)).toBeUndefined();
    expect(await unseal('link-intent', value, 't'.repeat(32))).toBeUndefined();
    expect(await unseal('link-intent', `${value.slice(0, -2)}AA`, secret)).toBeUndefined();
  });

  it('F5 is no session, and a session is no sealed value', async () => {
    const account = { id: 'a1', email: null, name: 'Ada', picture: null, provider: 'google' };
    const apiSession = { token: 'nte_x', expiresAt: Date.now() / 1_000 + 600, account };
    const sealed = await seal('link-intent', { apiSession }, secret, 60);
    expect(await sessionCodec().decode({ secret, token: sealed })).toBeNull();
    expect(await unseal('link-intent', await encode({ secret, token: { apiSession } }), secret)).toBeUndefined();
  });

  it.each([undefined, '', 'junk', 'a.b.c'])('opens to nothing from %p', async (value) => {
    expect(await unseal('link-intent', value, secret)).toBeUndefined();
  });
});
