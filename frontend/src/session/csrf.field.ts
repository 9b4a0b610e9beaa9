import 'server-only';
import { cookies } from 'next/headers';
import { frontendSettings } from '../settings/environment';
import { cookieNames } from './cookie.names';
import { csrfTokenOf } from './csrf.token';

/** The token that a form for next-auth must carry; the proxy has seen to it that the browser has the cookie. */
export async function csrfFieldValue(): Promise<string> {
  const { origin, secret } = frontendSettings();
  return csrfTokenOf((await cookies()).get(cookieNames(origin).csrfToken)?.value, secret) ?? '';
}
