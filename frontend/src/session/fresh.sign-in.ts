import 'server-only';
import { ignoreBody } from '../api/backend.client';
import type { BackendResult } from '../api/backend.result';
import type { ApiSession } from './api.session';
import { askInNameOf } from './backend.access';

/**
 * Asks the backend whether the sign-in of a session is young enough to link with, before a person goes to a provider in
 * vain. The request is one that it can only refuse: for the age of the sign-in, or else for want of a ticket.
 */
export async function isSignInFresh(session: ApiSession): Promise<BackendResult<true>> {
  const result = await askInNameOf(session, '/auth/link', { method: 'POST', body: {} }, ignoreBody);
  return !result.ok && result.refusal.status === 400 ? { ok: true, value: true } : result;
}
