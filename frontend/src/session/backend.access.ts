import 'server-only';
import { redirect } from 'next/navigation';
import { askBackend, type BackendRequest } from '../api/backend.client';
import type { BackendResult } from '../api/backend.result';
import { frontendSettings } from '../settings/environment';
import type { ApiSession } from './api.session';
import { SESSION_ENDED_PATH } from './current.session';

/** Asks the backend in the name of a person; where it no longer accepts their token, their session here ends too. */
export async function askAs<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: (body: unknown) => T | undefined,
): Promise<BackendResult<T>> {
  const { backendUrl } = frontendSettings();
  const result = await askBackend(backendUrl, path, { ...request, token: session.token }, read);
  if (!result.ok && result.refusal.status === 401) redirect(SESSION_ENDED_PATH);
  return result;
}
