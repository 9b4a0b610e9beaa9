import { decode } from 'next-auth/jwt';
import { cookieNames } from './cookie.names';

/** What came back from a provider, and the cookie with which its request was remembered. */
export interface StateAnswer {
  provider: string;
  state: string | undefined;
  /** The value of next-auth's `state` cookie. */
  cookie: string | undefined;
}

/** Whether this browser waits for an answer of this provider with this `state`. next-auth itself looks once more. */
export async function isAwaited(
  { provider, state, cookie }: StateAnswer,
  { origin, secret }: { origin: string; secret: string },
): Promise<boolean> {
  if (!state || !cookie) return false;
  try {
    const kept = await decode({ token: cookie, secret, salt: cookieNames(origin).state });
    return kept?.provider === provider && kept.value === state;
  } catch {
    // Another secret, another kind of cookie, a damaged or expired one: nothing is waited for.
    return false;
  }
}
