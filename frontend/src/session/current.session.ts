import 'server-only';
import { getToken } from 'next-auth/jwt';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { cache } from 'react';
import { frontendSettings } from '../settings/environment';
import type { ApiSession } from './api.session';
import { cookieNames } from './cookie.names';
import { sessionCodec } from './session.codec';

/** Where a dead session is cleared away: a page cannot do that itself. */
export const SESSION_ENDED_PATH = '/session/ended';

/** The session of the request that is being answered, or undefined: whatever is wrong with a cookie, it is no session. */
export const currentSession = cache(async (): Promise<ApiSession | undefined> => {
  const { origin, secret } = frontendSettings();
  const { session, secure } = cookieNames(origin);
  // No headers: getToken would also take a session from `Authorization: Bearer`.
  const req = { cookies: await cookies(), headers: new Headers() } as unknown as NextRequest;
  const { decode } = sessionCodec();
  const token = await getToken({ req, secret, decode, cookieName: session, secureCookie: secure });
  return token?.apiSession;
});

/** The session, or a redirect to where one gets it: the gate that every private page and action passes itself. */
export async function requireSession(returnTo: string): Promise<ApiSession> {
  const session = await currentSession();
  if (session) return session;
  if ((await sessionCookies()).length > 0) redirect(SESSION_ENDED_PATH);
  return redirect(`/sign-in?${new URLSearchParams({ callbackUrl: returnTo }).toString()}`);
}

/** The names of the cookies, one or several pieces, in which the browser keeps a session. */
export async function sessionCookies(): Promise<string[]> {
  const { session } = cookieNames(frontendSettings().origin);
  return (await cookies()).getAll().flatMap(({ name }) => (name.startsWith(session) ? name : []));
}
