import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { contentSecurityPolicy } from './security/content-security.policy';
import { cookieNames } from './session/cookie.names';
import { csrfTokenOf, newCsrfCookie } from './session/csrf.token';
import { frontendSettings } from './settings/environment';

/** Everything but the build's own files, which are the same for everybody. */
export const config = { matcher: ['/((?!_next/static/).*)'] };

/** Dresses every answer; it guards nothing: each page looks for its session itself. */
export function proxy(request: NextRequest): NextResponse {
  const settings = frontendSettings();
  const policy = contentSecurityPolicy(settings, randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  // Next takes the nonce for its scripts from here.
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'no-store, private');
  if (settings.origin.startsWith('https:')) response.headers.set('Strict-Transport-Security', 'max-age=31536000');
  giveCsrfCookie(request, response);
  return response;
}

function giveCsrfCookie(request: NextRequest, response: NextResponse): void {
  const { origin, secret } = frontendSettings();
  const { csrfToken: name, secure } = cookieNames(origin);
  const isPage = request.method === 'GET' && !/^\/(api|health|session)\//.test(request.nextUrl.pathname);
  if (!isPage || csrfTokenOf(request.cookies.get(name)?.value, secret)) return;
  response.cookies.set({ name, value: newCsrfCookie(secret), httpOnly: true, sameSite: 'lax', path: '/', secure });
}
