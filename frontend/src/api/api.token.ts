import { askBackend, ignoreBody } from './backend.client';
import type { BackendResult } from './backend.result';

/** Which tokens a sign-out ends: that of this browser, or all of the account. */
export type SignOutReach = 'here' | 'everywhere';

/** Ends tokens at the backend, as long as it answers in time; a token that it no longer accepts counts as ended. */
export async function revokeTokens(
  backendUrl: string,
  token: string,
  reach: SignOutReach,
  timeoutMs?: number,
): Promise<BackendResult<true>> {
  const path = reach === 'everywhere' ? '/auth/logout-all' : '/auth/logout';
  const result = await askBackend(backendUrl, path, { method: 'POST', token, timeoutMs }, ignoreBody);
  return !result.ok && result.refusal.status === 401 && reach === 'here' ? { ok: true, value: true } : result;
}
