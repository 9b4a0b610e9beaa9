import { cookies } from 'next/headers';
import { readAccount } from '../../../api/account.answer';
import { askBackend } from '../../../api/backend.client';
import { cookieNames } from '../../../session/cookie.names';
import { currentSession, sessionCookies } from '../../../session/current.session';
import { refusalPath } from '../../../session/refusal.path';
import { frontendSettings } from '../../../settings/environment';

/**
 * Clears a session that is over. Anybody can link here, so it asks the backend first: while the token is accepted, or
 * nobody can say, the session stays.
 */
export async function GET(): Promise<Response> {
  const { backendUrl, origin } = frontendSettings();
  const session = await currentSession();
  if (session) {
    const result = await askBackend(backendUrl, '/accounts/me', { token: session.token }, readAccount);
    if (result.ok || result.refusal.status !== 401) return redirectTo('/account');
  }
  const jar = await cookies();
  const { secure } = cookieNames(origin);
  for (const name of await sessionCookies())
    jar.set({ name, value: '', maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
  return redirectTo(refusalPath({ code: 'session_expired' }));
}

function redirectTo(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
