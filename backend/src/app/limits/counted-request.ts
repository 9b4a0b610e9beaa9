import { isJsonMediaType, type ClientSource } from '../../social-auth';

/**
 * Whether a request to a sign-in route counts for the address that it comes from: only one that says it carries JSON.
 *
 * Browsers ask before they send that from a page of another site, and are told no. Whatever else such a page makes its
 * visitors send is refused with 415 and must not use up the limit of their address.
 */
export function countsForAddress({ headers }: ClientSource): boolean {
  return isJsonMediaType(headers['content-type']);
}
