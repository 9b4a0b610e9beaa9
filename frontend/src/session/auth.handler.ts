import 'server-only';
import NextAuth from 'next-auth';
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { frontendSettings } from '../settings/environment';
import type { FrontendSettings } from '../settings/frontend.settings';
import { authOptions, type AuthRequestContext } from './auth.options';
import { cleanRequest, isServedAction, readForm } from './auth.request';
import { cookieNames } from './cookie.names';
import { forwardFormAnswer } from './form.answer';
import { receiveAnswer } from './provider.answer';
import { startAtProvider } from './provider.start';
import { returnUrl } from './return.url';
import { signOut } from './sign-out';

/** The context that Next hands to the route of next-auth. */
export interface AuthRouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** Lets next-auth answer the request, with what it cannot know by itself. */
export type AskNextAuth = (context?: Partial<AuthRequestContext>) => Promise<Response>;

/** Answers everything below `/api/auth`: next-auth, behind a narrower door. */
export async function handleAuthRequest(request: NextRequest, context: AuthRouteContext): Promise<Response> {
  const settings = frontendSettings();
  const [action, providerId] = (await context.params).nextauth;
  const provider = settings.providers.find(({ id }) => id === providerId);
  if (!action || !isServedAction(request.method, action, provider)) return new Response('Not found', { status: 404 });
  if (providerId && action !== 'error' && !provider) return new Response('Not found', { status: 404 });
  const form = request.method === 'POST' ? await readForm(request) : undefined;
  if (typeof form === 'number') return new Response('Expected a small form', { status: form });
  await dropUnusableReturnCookie(settings);
  const ask: AskNextAuth = async (more) => {
    const clean = cleanRequest(request, action, settings.origin, form);
    return (await NextAuth(
      clean,
      context,
      authOptions(settings, { ...nothingExpected, ...more }, provider),
    )) as Response;
  };
  if (action === 'callback' && form && provider) return forwardFormAnswer(settings, provider, form);
  if (action === 'signout' && form) return signOut(settings, form, ask);
  if (action === 'signin' && form && providerId) return startAtProvider(settings, providerId, form, ask);
  if (action === 'callback' && providerId)
    return receiveAnswer(settings, providerId, request.nextUrl.searchParams, ask);
  return ask();
}

/** For requests that neither sign in nor out. */
const nothingExpected: AuthRequestContext = {
  onProof: () => Promise.resolve('/sign-in'),
  onSignIn: () => Promise.resolve(),
  onSignOut: () => Promise.resolve(),
};

/** next-auth answers every request with a 500 while this cookie, which a sibling domain may set, holds no address. */
async function dropUnusableReturnCookie(settings: FrontendSettings): Promise<void> {
  const jar = await cookies();
  const { callbackUrl: name, secure } = cookieNames(settings.origin);
  const value = jar.get(name)?.value;
  if (!value || value === settings.origin || returnUrl(value, settings.origin)) return;
  jar.set({ name, value: '', maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
}
