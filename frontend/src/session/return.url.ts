const LONGEST = 2_000;

/** Where a person goes after signing in, unless a page asked for something else. */
export const DEFAULT_RETURN_PATH = '/account';

/**
 * The address to return to after a sign-in, or undefined where the wish cannot be granted: it is no address, it leaves
 * this site, or it is one of the addresses that a person never asks for.
 */
export function returnUrl(wish: string | undefined, origin: string): URL | undefined {
  if (!wish || wish.length > LONGEST || !/^(\/|https?:\/\/)/i.test(wish)) return undefined;
  // Browsers drop tabs and line breaks in addresses and read \ as /: an honest link has none of these.
  if (/[\p{Cc}\s\\]/u.test(wish) || !URL.canParse(wish, origin)) return undefined;
  const url = new URL(wish, origin);
  if (url.origin !== origin || url.username || url.password) return undefined;
  return /^\/(api|session)(\/|$)/.test(url.pathname) || url.pathname.startsWith('//') ? undefined : url;
}

/** The same as a path of this site, the default where the wish cannot be granted. */
export function returnPath(wish: string | undefined, origin: string): string {
  const url = returnUrl(wish, origin);
  return url ? `${url.pathname}${url.search}${url.hash}` : DEFAULT_RETURN_PATH;
}
