import 'server-only';
import { redirect } from 'next/navigation';
import { askBackend, type BackendRequest } from '../api/backend.client';
import type { BackendResult } from '../api/backend.result';
import { visitorHeaders } from '../api/visitor.headers';
import { frontendSettings } from '../settings/environment';
import type { ApiSession } from './api.session';
import { endSession } from './current.session';
import { SESSION_ENDED_PATH, SIGN_IN_TOO_OLD } from './refusal.path';
import { visitorOf } from './visitor';

type Reader<T> = (body: unknown) => T | undefined;

/** Asks the backend for a page; where it no longer accepts the person's token, their session here ends too. */
export async function askAs<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: Reader<T>,
): Promise<BackendResult<T>> {
  const result = await askInNameOf(session, path, request, read);
  // A page cannot clear a cookie: it sends the browser to where that is done.
  return isRefused(result) ? redirect(SESSION_ENDED_PATH) : result;
}

/** The same for an action, which ends the session itself: after it the browser follows no redirect to a route. */
export async function actAs<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: Reader<T>,
): Promise<BackendResult<T>> {
  const result = await askInNameOf(session, path, request, read);
  return isRefused(result) ? endSession() : result;
}

/** The same for a route, which decides itself where every refusal leads. */
export async function askInNameOf<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: Reader<T>,
): Promise<BackendResult<T>> {
  const { backendUrl, sharedSecret } = frontendSettings();
  const headers = visitorHeaders(sharedSecret, await visitorOf());
  return askBackend(backendUrl, path, { ...request, token: session.token, headers }, read);
}

/** A sign-in that is too old for what was asked is a good one for everything else. */
function isRefused(result: BackendResult<unknown>): boolean {
  return !result.ok && result.refusal.status === 401 && result.refusal.code !== SIGN_IN_TOO_OLD;
}
