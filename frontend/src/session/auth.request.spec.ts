import { NextRequest } from 'next/server';
import { cleanRequest, isServedAction, readForm } from './auth.request';

const ORIGIN = 'http://localhost:3000';
const post = (body: string, type = 'application/x-www-form-urlencoded'): Request =>
  new Request(`${ORIGIN}/api/auth/signin/google`, { method: 'POST', body, headers: { 'Content-Type': type } });

/** A form whose sender never comes to an end, in pieces of 1 KB. */
class EndlessForm {
  pieces = 0;
  cancelled = false;

  request(headers: Record<string, string> = {}): Request {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        this.pieces += 1;
        // Somebody who reads to the end would never come back.
        if (this.pieces > 1_000) controller.error(new Error('Nobody stopped.'));
        else controller.enqueue(new Uint8Array(1_024).fill(0x61));
      },
      cancel: () => void (this.cancelled = true),
    });
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    return new Request(ORIGIN, { ...init, headers: { ...type, ...headers } });
  }
}

describe('the door of next-auth', () => {
  it('takes a callback by POST from a provider that answers by a form, and from no other', () => {
    expect(isServedAction('POST', 'callback', { answersByForm: true })).toBe(true);
    expect(isServedAction('POST', 'callback', {})).toBe(false);
    expect(isServedAction('POST', 'callback')).toBe(false);
    expect(isServedAction('GET', 'callback', { answersByForm: true })).toBe(true);
    expect(isServedAction('PUT', 'callback', { answersByForm: true })).toBe(false);
  });

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
    expect(await readForm(post('{"csrfToken":"a"}', 'application/json'))).toBe(415);
    expect(await readForm(new Request(ORIGIN, { method: 'POST' }))).toBe(415);
  });

  it('H2 takes a form of 16 KB in bytes, and none that is larger', async () => {
    const largest = 'x'.repeat(16 * 1_024 - 2);
    expect(await readForm(post(`a=${largest}`))).toEqual({ a: largest });
    expect(await readForm(post(`a=${largest}x`))).toBe(413);
    expect(await readForm(post(`a=${'é'.repeat(9_000)}`))).toBe(413);
  });

  it('H2 stops reading a form that has become too large', async () => {
    const source = new EndlessForm();
    expect(await readForm(source.request())).toBe(413);
    expect(source.cancelled).toBe(true);
    expect(source.pieces).toBeLessThan(30);
  });

  it('H2 reads nothing of a form that says it is too large', async () => {
    const source = new EndlessForm();
    const request = source.request({ 'Content-Length': '16385' });
    expect(await readForm(request)).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });
});
