import type { CookiesOptions } from 'next-auth';
import type { ProviderHabits } from '../providers/sign-in.provider';
import { cookieNames } from './cookie.names';

const CHECK_SECONDS = 15 * 60;

/**
 * The cookies of state, PKCE and nonce for a sign-in at this provider, where they are not next-auth's own: a form that
 * comes from the provider's page brings cookies with SameSite=None alone, which browsers take with Secure alone.
 */
export function checkCookies(
  origin: string,
  provider: Pick<ProviderHabits, 'answersByForm'> | undefined,
): Partial<CookiesOptions> | undefined {
  if (!provider?.answersByForm) return undefined;
  const names = cookieNames(origin);
  const options = { httpOnly: true, sameSite: 'none', secure: true, path: '/', maxAge: CHECK_SECONDS } as const;
  return {
    state: { name: names.state, options },
    pkceCodeVerifier: { name: names.pkceCodeVerifier, options },
    nonce: { name: names.nonce, options },
  };
}
