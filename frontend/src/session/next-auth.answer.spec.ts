import { errorCodeOf, startedState } from './next-auth.answer';

const ORIGIN = 'http://localhost:3000';
const to = (location: string): Response => new Response(null, { status: 302, headers: { Location: location } });

describe('an answer of next-auth', () => {
  it('tells the state of the request that it starts', () => {
    expect(startedState(to('https://issuer.example/authorize?state=abc&nonce=n'), ORIGIN)).toBe('abc');
  });

  it.each(['/sign-in?state=abc', `${ORIGIN}/api/auth/signin?csrf=true&state=abc`, 'https://issuer.example/authorize'])(
    'tells none where it starts none: %s',
    (location) => {
      expect(startedState(to(location), ORIGIN)).toBeUndefined();
    },
  );

  it('tells its error', () => {
    expect(errorCodeOf(to(`${ORIGIN}/api/auth/error?error=OAuthCallback`), ORIGIN)).toBe('OAuthCallback');
    expect(errorCodeOf(to(`${ORIGIN}/api/auth/error?error=%3Cb%3E`), ORIGIN)).toBe('unexpected');
  });

  it.each(['/account?error=x', 'https://evil.example/api/auth/error?error=x'])('tells none at %s', (location) => {
    expect(errorCodeOf(to(location), ORIGIN)).toBeUndefined();
  });

  it('tells nothing where it leads nowhere', () => {
    expect(startedState(new Response('{}'), ORIGIN)).toBeUndefined();
    expect(errorCodeOf(new Response('{}'), ORIGIN)).toBeUndefined();
  });
});
