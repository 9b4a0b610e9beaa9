import { csrfTokenOf, newCsrfCookie } from './csrf.token';

describe('the CSRF cookie', () => {
  it('F7 gives its token back with the secret that made it, and with no other', () => {
    const cookie = newCsrfCookie('a'.repeat(32));
    expect(csrfTokenOf(cookie, 'a'.repeat(32))).toMatch(/^[0-9a-f]{64}$/);
    expect(csrfTokenOf(cookie, 'b'.repeat(32))).toBeUndefined();
  });

  it('is another one every time', () => {
    expect(newCsrfCookie('s')).not.toBe(newCsrfCookie('s'));
  });

  it.each([undefined, '', '|', 'token', 'token|', 'token|hash', 'a|b|c'])('F7 finds no token in %p', (cookie) => {
    expect(csrfTokenOf(cookie, 's')).toBeUndefined();
  });
});
