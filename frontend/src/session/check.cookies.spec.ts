import { checkCookies } from './check.cookies';

const HTTPS = 'https://app.example.com';

describe('the check cookies of a sign-in', () => {
  it('F2 are next-auth’s own, SameSite=Lax, for every provider that answers by a redirect', () => {
    expect(checkCookies(HTTPS, undefined)).toBeUndefined();
    expect(checkCookies(HTTPS, {})).toBeUndefined();
    expect(checkCookies(HTTPS, { answersByForm: false })).toBeUndefined();
  });

  it('F4 are all three SameSite=None, Secure and HttpOnly, under the same names, for one that answers by a form', () => {
    const cookies = Object.values(checkCookies(HTTPS, { answersByForm: true }) ?? {});
    expect(cookies.map(({ name }) => name)).toEqual([
      '__Secure-next-auth.state',
      '__Secure-next-auth.pkce.code_verifier',
      '__Secure-next-auth.nonce',
    ]);
    for (const { options } of cookies) {
      expect(options).toEqual({ httpOnly: true, sameSite: 'none', secure: true, path: '/', maxAge: 900 });
    }
  });

  it('F2 never touch the session, the CSRF token or the return address', () => {
    expect(Object.keys(checkCookies(HTTPS, { answersByForm: true }) ?? {})).toEqual([
      'state',
      'pkceCodeVerifier',
      'nonce',
    ]);
  });

  it('are Secure on a machine of one’s own too: without it no browser takes SameSite=None', () => {
    const { state } = checkCookies('http://localhost:3000', { answersByForm: true }) ?? {};
    expect(state).toMatchObject({ name: 'next-auth.state', options: { secure: true, sameSite: 'none' } });
  });
});
