import { FETCH_DEADLINE_MS } from './bounded-fetch';
import { discoverKeyAddress } from './key-discovery';
import { fetchKeySet, type KeySet } from './key-set';

/** Where the keys of a provider are: an address, or the issuer whose discovery document names it. */
export type KeySource = string | { readonly issuer: string };

/** One text for each source, by which stores are found again. */
export const keySourceName = (source: KeySource): string =>
  typeof source === 'string' ? source : `discovery of ${source.issuer}`;

/** What fetches the keys of a source. A discovered address is kept for as long as it answers with keys. */
export function keySetFetcher(source: KeySource): () => Promise<KeySet> {
  if (typeof source === 'string') return () => fetchKeySet(source);
  let known: string | undefined;
  return async () => {
    // One deadline over both requests: who waits for keys waits no longer because they had to be found.
    const deadline = AbortSignal.timeout(FETCH_DEADLINE_MS);
    const address = known ?? (await discoverKeyAddress(source.issuer, deadline));
    known = undefined;
    const keySet = await fetchKeySet(address, deadline);
    known = address;
    return keySet;
  };
}
