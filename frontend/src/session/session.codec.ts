import { decode, encode, type JWT, type JWTDecodeParams, type JWTEncodeParams } from 'next-auth/jwt';
import type { ApiSession } from './api.session';

/** How long a session lasts at most, in seconds; it ends earlier with the backend's token. */
export const SESSION_MAX_AGE = 24 * 60 * 60;

/** The pair of functions with which next-auth writes and reads the session cookie. */
export interface SessionCodec {
  encode: (params: JWTEncodeParams) => Promise<string>;
  decode: (params: JWTDecodeParams) => Promise<JWT | null>;
}

/**
 * A codec whose sessions end with the backend's token. next-auth's own rolls the expiry forward with every look, and
 * only a null from `decode` makes it clear the cookie.
 */
export function sessionCodec(now: () => number = Date.now): SessionCodec {
  const remainingSeconds = (session: ApiSession): number => session.expiresAt - now() / 1_000;
  return {
    encode(params) {
      const session = params.token?.apiSession;
      if (!session) throw new TypeError('A session without a token of the backend is none.');
      const maxAge = Math.floor(Math.min(params.maxAge ?? SESSION_MAX_AGE, SESSION_MAX_AGE, remainingSeconds(session)));
      return encode({ ...params, maxAge: Math.max(0, maxAge) });
    },
    async decode(params) {
      const token = await decodeOrNull(params);
      const session = token?.apiSession;
      // `decode` allows 15 s after the expiry: our check has no grace.
      return session && remainingSeconds(session) > 0 ? token : null;
    },
  };
}

async function decodeOrNull(params: JWTDecodeParams): Promise<JWT | null> {
  try {
    return await decode(params);
  } catch {
    // A foreign secret, another kind of cookie, a damaged or expired one: all the same, no session.
    return null;
  }
}
