import { rawRequest, type RawAnswer } from './raw-request';

/** The media type of a plain form. */
export const FORM = 'application/x-www-form-urlencoded';

/** A CSRF cookie, as `name=value`, with the token that belongs to it. */
export async function csrfPair(site: string): Promise<{ cookie: string; token: string }> {
  const answer = await rawRequest(`${site}/`, {});
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return { cookie, token: /csrf-token=([0-9a-f]{64})/.exec(cookie)?.[1] ?? '' };
}

/** Sends a plain form. */
export function postForm(
  site: string,
  path: string,
  fields: Record<string, string>,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const body = new URLSearchParams(fields).toString();
  const all = { 'Content-Type': FORM, Cookie: cookie, ...headers };
  return rawRequest(`${site}${path}`, { method: 'POST', headers: all, body });
}
