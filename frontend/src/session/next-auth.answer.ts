/** Where a redirect of next-auth leads, or undefined where it is none. */
function target(response: Response, origin: string): URL | undefined {
  const location = response.headers.get('Location');
  return location !== null && URL.canParse(location, origin) ? new URL(location, origin) : undefined;
}

/** The `state` of the authorization request with which next-auth sends a person to a provider, if it does. */
export function startedState(response: Response, origin: string): string | undefined {
  const url = target(response, origin);
  return url && url.origin !== origin ? (url.searchParams.get('state') ?? undefined) : undefined;
}

/** The code of the error with which next-auth sends a person back to this site, if it does. */
export function errorCodeOf(response: Response, origin: string): string | undefined {
  const url = target(response, origin);
  if (url?.origin !== origin || url.pathname !== '/api/auth/error') return undefined;
  const code = url.searchParams.get('error') ?? '';
  return /^[A-Za-z]{1,40}$/.test(code) ? code : 'unexpected';
}
