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

/** The code for the `error` with which a provider sent a person back (RFC 6749 section 4.1.2.1). */
export function providerErrorCode(error: string): string {
  if (error === 'access_denied') return 'access_denied';
  return error === 'temporarily_unavailable' || error === 'server_error' ? 'provider_unreachable' : 'provider_refused';
}
