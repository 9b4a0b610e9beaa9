import { NextRequest } from 'next/server';
import type { ProviderHabits } from '../providers/sign-in.provider';
import { returnUrl } from './return.url';

const LARGEST_FORM = 16 * 1_024;

/** The HTTP status for a body that is no form, or one that is too large. */
export type FormFault = 413 | 415;

/** What this site lets next-auth do, by method; its built-in pages and its log receiver are not among it. */
const ACTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  GET: new Set(['providers', 'session', 'csrf', 'signin', 'signout', 'callback', 'error']),
  POST: new Set(['signin', 'signout']),
};

/** Tells whether an action of next-auth is reachable by this method; by which a callback is, its provider decides. */
export function isServedAction(
  method: string,
  action: string | undefined,
  provider?: Pick<ProviderHabits, 'answersByForm'>,
): boolean {
  if (method === 'POST' && action === 'callback') return provider?.answersByForm === true;
  return action !== undefined && (ACTIONS[method]?.has(action) ?? false);
}

/** The text fields of a form, or why there are none; reads no more than it takes to know. */
export async function readForm(request: Request): Promise<Record<string, string> | FormFault> {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) return 415;
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_FORM) return 413;
  const pieces: Uint8Array[] = [];
  let size = 0;
  // To leave the loop is to cancel the stream.
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > LARGEST_FORM) return 413;
    pieces.push(piece);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()));
}

/**
 * The request as next-auth may see it. It would put every query parameter of a sign-in into the authorization request,
 * and answer a return address that is none with a 500.
 */
export function cleanRequest(
  request: NextRequest,
  action: string,
  origin: string,
  form?: Record<string, string>,
): NextRequest {
  const url = new URL(request.nextUrl.pathname, origin);
  for (const [name, value] of form ? [] : request.nextUrl.searchParams)
    if (name !== 'callbackUrl') url.searchParams.set(name, value);
    else if (action !== 'callback' && returnUrl(value, origin)) url.searchParams.set(name, value);
  if (!form) return new NextRequest(url, { headers: request.headers });
  const body = new URLSearchParams(form).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return new NextRequest(url, { method: 'POST', headers, body });
}
