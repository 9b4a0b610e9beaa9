import 'server-only';
import NextAuth from 'next-auth';
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { revokeTokens, type SignOutReach } from '../api/api.token';
import { frontendSettings } from '../settings/environment';
import type { FrontendSettings } from '../settings/frontend.settings';
import { authOptions } from './auth.options';
import { cleanRequest, isServedAction, readForm } from './auth.request';
import { cookieNames } from './cookie.names';
import { currentSession } from './current.session';
import { providerErrorCode, refusalPath } from './refusal.path';
import { returnUrl } from './return.url';
import { signOutNotice, type SignOutNotice } from './sign-out.notice';
import { visitorOf } from './visitor';

const REPLACED_SESSION_TIMEOUT_MS = 1_000;

/** The context that Next hands to the route of next-auth. */
export interface AuthRouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** Answers everything below `/api/auth`: next-auth, behind a narrower door. */
export async function handleAuthRequest(request: NextRequest, context: AuthRouteContext): Promise<Response> {
  const settings = frontendSettings();
  const [action, providerId] = (await context.params).nextauth;
  if (!action || !isServedAction(request.method, action)) return new Response('Not found', { status: 404 });
  if (providerId && action !== 'error' && !settings.providers.some(({ id }) => id === providerId))
    return new Response('Not found', { status: 404 });
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  if (typeof form === 'number') return new Response('Expected a small form', { status: form });
  const providerError = action === 'callback' ? request.nextUrl.searchParams.get('error') : null;
  if (providerError !== null) return redirectTo(refusalPath({ code: providerErrorCode(providerError) }));
  await dropUnusableReturnCookie(settings);
  return handOver(settings, cleanRequest(request, action, settings.origin, form), context, form);
}

async function handOver(
  settings: FrontendSettings,
  request: NextRequest,
  context: AuthRouteContext,
  form: Record<string, string> | undefined,
): Promise<Response> {
  const reach: SignOutReach = form?.reach === 'everywhere' ? 'everywhere' : 'here';
  let notice: SignOutNotice | undefined;
  const options = authOptions(settings, {
    visitor: await visitorOf(),
    onSignIn: () => endReplacedSession(settings),
    onSignOut: async (session) => {
      const result = session && (await revokeTokens(settings.backendUrl, session.token, reach));
      notice = signOutNotice(reach, result?.ok ?? true);
    },
  });
  const response = (await NextAuth(request, context, options)) as Response;
  if (notice && response.headers.has('Location')) response.headers.set('Location', `/sign-in?notice=${notice}`);
  return response;
}

/** Nobody could sign out any more of a session whose cookie is overwritten; the person does not wait for it long. */
async function endReplacedSession({ backendUrl }: FrontendSettings): Promise<void> {
  const replaced = await currentSession();
  if (replaced) await revokeTokens(backendUrl, replaced.token, 'here', REPLACED_SESSION_TIMEOUT_MS);
}

/** next-auth answers every request with a 500 while this cookie, which a sibling domain may set, holds no address. */
async function dropUnusableReturnCookie(settings: FrontendSettings): Promise<void> {
  const jar = await cookies();
  const { callbackUrl: name, secure } = cookieNames(settings.origin);
  const value = jar.get(name)?.value;
  if (!value || value === settings.origin || returnUrl(value, settings.origin)) return;
  jar.set({ name, value: '', maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
}

function redirectTo(path: string): Response {
  return new Response(null, { status: 302, headers: { Location: path, 'Cache-Control': 'no-store, private' } });
}
