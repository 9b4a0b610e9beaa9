import { askBackend, ignoreBody } from './backend.client';
import type { BackendResult } from './backend.result';
import { EXCHANGE_TIMEOUT_MS, type ExchangeAddress, type ExchangeRequest } from './token.exchange';
import { visitorHeaders } from './visitor.headers';

/** Links the identity that a provider's token proves to the account of the API token. */
export function linkIdentity(
  { backendUrl, sharedSecret }: ExchangeAddress,
  token: string,
  { providerId, credential, visitor }: ExchangeRequest,
): Promise<BackendResult<true>> {
  const headers = visitorHeaders(sharedSecret, visitor);
  const request = { method: 'POST' as const, token, body: credential, headers, timeoutMs: EXCHANGE_TIMEOUT_MS };
  return askBackend(backendUrl, `/auth/link/${providerId}`, request, ignoreBody);
}
