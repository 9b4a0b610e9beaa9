import 'server-only';
import { redirect } from 'next/navigation';
import { askBackend, type BackendRequest } from '../api/backend.client';
import type { BackendResult } from '../api/backend.result';
import { frontendSettings } from '../settings/environment';
import type { ApiSession } from './api.session';
import { endSession, SESSION_ENDED_PATH } from './current.session';

type Reader<T> = (body: unknown) => T | undefined;

/** Asks the backend for a page; where it no longer accepts the person's token, their session here ends too. */
export async function askAs<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: Reader<T>,
): Promise<BackendResult<T>> {
  const result = await ask(session, path, request, read);
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
  const result = await ask(session, path, request, read);
  return isRefused(result) ? endSession() : result;
}

function ask<T>(
  session: ApiSession,
  path: string,
  request: BackendRequest,
  read: Reader<T>,
): Promise<BackendResult<T>> {
  return askBackend(frontendSettings().backendUrl, path, { ...request, token: session.token }, read);
}

function isRefused(result: BackendResult<unknown>): boolean {
  return !result.ok && result.refusal.status === 401;
}
