/** The names and attributes of our cookies and next-auth's, which depend on whether the site is served by https. */
export interface CookieNames {
  session: string;
  csrfToken: string;
  callbackUrl: string;
  /** next-auth's `state` of the authorization request that is under way. */
  state: string;
  /** Its other two checks of that request. */
  pkceCodeVerifier: string;
  nonce: string;
  linkIntent: string;
  linkTicket: string;
  personName: string;
  /** Whether they carry `Secure`. */
  secure: boolean;
}

/** The cookies of a site at this origin. */
export function cookieNames(origin: string): CookieNames {
  const secure = origin.startsWith('https:');
  const prefix = secure ? '__Secure-' : '';
  // No sibling domain can set these; next-auth chooses the weaker prefix for the others itself.
  const ownPrefix = secure ? '__Host-' : '';
  return {
    session: `${prefix}next-auth.session-token`,
    csrfToken: `${ownPrefix}next-auth.csrf-token`,
    callbackUrl: `${prefix}next-auth.callback-url`,
    state: `${prefix}next-auth.state`,
    pkceCodeVerifier: `${prefix}next-auth.pkce.code_verifier`,
    nonce: `${prefix}next-auth.nonce`,
    linkIntent: `${ownPrefix}link-intent`,
    linkTicket: `${ownPrefix}link-ticket`,
    personName: `${ownPrefix}person-name`,
    secure,
  };
}
