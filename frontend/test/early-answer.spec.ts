import { earlyAnswer } from '../server/early-answer.cjs';

describe('before Next sees a request', () => {
  it.each(['http://evil.example/account', 'https://evil.example', 'http://[::1', '*', '//[::1', '/\\[::1', '?a', ''])(
    'G5 the target %p is refused',
    (url) => {
      expect(earlyAnswer({ method: 'GET', url, headers: {} })).toEqual({ status: 400 });
    },
  );

  it('G5 no target at all is refused', () => {
    expect(earlyAnswer({ method: 'OPTIONS', url: undefined, headers: {} })).toEqual({ status: 400 });
  });

  it.each(['/', '/account', '/notes?a=b', '/%%%', '//evil.example', '/a:b@c', '/http://evil.example'])(
    'the target %p is not judged',
    (url) => {
      expect(earlyAnswer({ method: 'GET', url, headers: {} })).toBeUndefined();
    },
  );

  it.each([
    ['65536', undefined],
    ['65537', { status: 413 }],
    ['10485760', { status: 413 }],
  ])('H2 a body of %s bytes: %p', (length, answer) => {
    expect(earlyAnswer({ method: 'POST', url: '/notes', headers: { 'content-length': length } })).toEqual(answer);
  });

  it('H7 TRACE is refused', () => {
    expect(earlyAnswer({ method: 'TRACE', url: '/', headers: {} })?.status).toBe(405);
  });
});
