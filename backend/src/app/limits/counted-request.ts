import { isBodilessCall, isJsonMediaType, type ClientSource, type SignInRouteKind } from '../../social-auth';

/**
 * Whether a request to a sign-in route counts for the address that it comes from: only one that says it carries JSON, or
 * one without a body that comes from no page, where the route takes such.
 *
 * Browsers ask before they send that from a page of another site, and are told no. Whatever else such a page makes its
 * visitors send is refused with 415 and must not use up the limit of their address.
 */
export function countsForAddress({ headers }: ClientSource, route: SignInRouteKind): boolean {
  return route === 'bodiless' ? isBodilessCall({ headers }) : isJsonMediaType(headers['content-type']);
}
