import 'server-only';
import { getToken } from 'next-auth/jwt';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { cache } from 'react';
import { frontendSettings } from '../settings/environment';
import type { ApiSession } from './api.session';
import { cookieNames } from './cookie.names';
import { refusalPath, SESSION_ENDED_PATH } from './refusal.path';
import { sessionCodec } from './session.codec';

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

/** The session, or a redirect to where one gets it: the gate that every private page passes itself. */
export async function requireSession(returnTo: string): Promise<ApiSession> {
  const session = await currentSession();
  if (session) return session;
  if ((await sessionCookies()).length > 0) redirect(SESSION_ENDED_PATH);
  return redirect(`/sign-in?${new URLSearchParams({ callbackUrl: returnTo }).toString()}`);
}

/** The same for an action, which can clear away what is no session. */
export async function requireSessionToAct(): Promise<ApiSession> {
  return (await currentSession()) ?? endSession();
}

/** Clears the session and says so: for actions and routes, once the backend has refused the token or there is none. */
export async function endSession(): Promise<never> {
  await clearSession();
  return redirect(refusalPath({ code: 'session_expired' }));
}

/** Clears the session alone. */
export async function clearSession(): Promise<void> {
  const { secure } = cookieNames(frontendSettings().origin);
  const jar = await cookies();
  for (const name of await sessionCookies())
    jar.set({ name, value: '', maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
}

/** The names of the cookies, one or several pieces, in which the browser keeps a session. */
async function sessionCookies(): Promise<string[]> {
  const { session } = cookieNames(frontendSettings().origin);
  return (await cookies()).getAll().flatMap(({ name }) => (name.startsWith(session) ? name : []));
}
