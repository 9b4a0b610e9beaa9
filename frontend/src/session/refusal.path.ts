/** Where a dead session is cleared away: a page cannot do that itself. */
export const SESSION_ENDED_PATH = '/session/ended';

/** The code of a refusal that another sign-in of the same person mends. [RFC 9470] */
export const SIGN_IN_TOO_OLD = 'insufficient_user_authentication';

/**
 * The page that explains a refusal. Addresses end up in logs and histories: they carry codes, never sentences. Where the
 * backend's sentence names the provider that would have worked, its id is such a code.
 */
export function refusalPath(
  refusal: { code: string; detail?: string },
  providers: readonly { id: string; title: string }[] = [],
  attempted?: string,
): string {
  const query = new URLSearchParams({ error: refusal.code });
  const other = providers.find(({ id, title }) => id !== attempted && refusal.detail?.includes(title));
  if (other && refusal.code === 'email_in_use') query.set('provider', other.id);
  return `/sign-in?${query.toString()}`;
}

/** Where an action that was refused leads: to another sign-in and back, to the end of the session, or back with the code. */
export function pathAfterRefusal({ code, status }: { code: string; status: number }, page: string): string {
  if (code === SIGN_IN_TOO_OLD) return `/sign-in?${new URLSearchParams({ error: code, callbackUrl: page }).toString()}`;
  // A 401 may also be about the provider's token that was to be linked: the session is none the worse for that.
  const isOver = status === 401 && !code.startsWith('provider_token_');
  return isOver ? SESSION_ENDED_PATH : `${page}?${new URLSearchParams({ error: code }).toString()}`;
}

/** The code for the `error` with which a provider sent a person back (RFC 6749 section 4.1.2.1). */
export function providerErrorCode(error: string): string {
  if (error === 'access_denied') return 'access_denied';
  return error === 'temporarily_unavailable' || error === 'server_error' ? 'provider_unreachable' : 'provider_refused';
}

/** The same for a person who wanted to link, and is signed in all the while. */
export function linkErrorCode(error: string): string {
  const code = providerErrorCode(error);
  return code === 'provider_unreachable' ? code : 'link_cancelled';
}
