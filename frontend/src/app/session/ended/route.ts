import { readAccount } from '../../../api/account.answer';
import { askBackend } from '../../../api/backend.client';
import { currentSession, endSession } from '../../../session/current.session';
import { frontendSettings } from '../../../settings/environment';

/**
 * Clears a session that is over. Anybody can link here, so it asks the backend first: while the token is accepted, or
 * nobody can say, the session stays.
 */
export async function GET(): Promise<Response> {
  const session = await currentSession();
  if (!session) return endSession();
  const { backendUrl } = frontendSettings();
  const result = await askBackend(backendUrl, '/accounts/me', { token: session.token }, readAccount);
  if (!result.ok && result.refusal.status === 401) return endSession();
  return new Response(null, { status: 303, headers: { Location: '/account' } });
}
