import { askBackend, ignoreBody } from './backend.client';
import type { BackendResult } from './backend.result';
import type { ExchangeAddress } from './token.exchange';
import { visitorHeaders, type Visitor } from './visitor.headers';

/** Which tokens a sign-out ends: that of this browser, or all of the account. */
export type SignOutReach = 'here' | 'everywhere';

/** Whose tokens are to end, and who wants it. */
export interface Revocation {
  token: string;
  reach: SignOutReach;
  visitor: Visitor;
  timeoutMs?: number;
}

/** Ends tokens at the backend, as long as it answers in time; a token that it no longer accepts counts as ended. */
export async function revokeTokens(
  { backendUrl, sharedSecret }: ExchangeAddress,
  { token, reach, visitor, timeoutMs }: Revocation,
): Promise<BackendResult<true>> {
  const path = reach === 'everywhere' ? '/auth/logout-all' : '/auth/logout';
  const headers = visitorHeaders(sharedSecret, visitor);
  const result = await askBackend(backendUrl, path, { method: 'POST', token, headers, timeoutMs }, ignoreBody);
  return !result.ok && result.refusal.status === 401 && reach === 'here' ? { ok: true, value: true } : result;
}
