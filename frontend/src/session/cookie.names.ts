/** The names and attributes of next-auth's cookies, which depend on whether the site is served by https. */
export interface CookieNames {
  session: string;
  csrfToken: string;
  callbackUrl: string;
  /** Whether they carry `Secure`. */
  secure: boolean;
}

/** The cookies of a site at this origin. */
export function cookieNames(origin: string): CookieNames {
  const secure = origin.startsWith('https:');
  const prefix = secure ? '__Secure-' : '';
  return {
    session: `${prefix}next-auth.session-token`,
    csrfToken: `${secure ? '__Host-' : ''}next-auth.csrf-token`,
    callbackUrl: `${prefix}next-auth.callback-url`,
    secure,
  };
}
