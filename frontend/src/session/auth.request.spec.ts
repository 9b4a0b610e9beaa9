import { NextRequest } from 'next/server';
import { cleanRequest, isServedAction, readForm } from './auth.request';

const ORIGIN = 'http://localhost:3000';
const post = (body: string, type = 'application/x-www-form-urlencoded'): Request =>
  new Request(`${ORIGIN}/api/auth/signin/google`, { method: 'POST', body, headers: { 'Content-Type': type } });

describe('the door of next-auth', () => {
  it.each([
    ['GET', 'session', true],
    ['GET', 'callback', true],
    ['POST', 'signin', true],
    ['POST', 'signout', true],
    ['GET', 'verify-request', false],
    ['POST', 'callback', false],
    ['POST', 'session', false],
    ['POST', '_log', false],
    ['PUT', 'signout', false],
    ['GET', undefined, false],
    ['GET', 'constructor', false],
  ])('%s %s: %p', (method, action, served) => {
    expect(isServedAction(method, action)).toBe(served);
  });

  it('F10 lets no query parameter of a sign-in reach the authorization request', () => {
    const incoming = new NextRequest(`${ORIGIN}/api/auth/signin/google?redirect_uri=https://evil.example&scope=all`);
    const clean = cleanRequest(incoming, 'signin', ORIGIN, { csrfToken: 'x' });
    expect(clean.nextUrl.search).toBe('');
  });

  it('F10 puts the configured origin in the place of the requested one', () => {
    const incoming = new NextRequest('http://evil.example/api/auth/session');
    expect(cleanRequest(incoming, 'session', ORIGIN).nextUrl.origin).toBe(ORIGIN);
  });

  it.each(['%%%', '', 'https://evil.example'])('F6 drops the return address %p', (wish) => {
    const query = new URLSearchParams({ callbackUrl: wish, error: 'x' }).toString();
    const clean = cleanRequest(new NextRequest(`${ORIGIN}/api/auth/signin?${query}`), 'signin', ORIGIN);
    expect(clean.nextUrl.search).toBe('?error=x');
  });

  it('keeps what a provider answers on a callback, and takes no return address there', () => {
    const incoming = new NextRequest(`${ORIGIN}/api/auth/callback/google?code=c&state=s&callbackUrl=/notes`);
    expect(cleanRequest(incoming, 'callback', ORIGIN).nextUrl.search).toBe('?code=c&state=s');
  });

  it('reads forms, and nothing else', async () => {
    expect(await readForm(post('csrfToken=a&callbackUrl=%2Fnotes'))).toEqual({ csrfToken: 'a', callbackUrl: '/notes' });
    expect(await readForm(post('{"csrfToken":"a"}', 'application/json'))).toBeUndefined();
    expect(await readForm(post(`a=${'x'.repeat(20_000)}`))).toBeUndefined();
  });
});
