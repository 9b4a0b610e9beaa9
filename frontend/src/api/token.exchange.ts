import type { ApiSession } from '../session/api.session';
import { fieldsOf, instantOf, textOf } from './answer.fields';
import { readAccount } from './account.answer';
import { askBackend } from './backend.client';
import type { BackendResult } from './backend.result';

/** Who signs in, as the backend's limits and logs shall see them. */
export interface Visitor {
  address: string | undefined;
  userAgent: string | undefined;
}

/** An ID token to be exchanged. */
export interface ExchangeRequest {
  providerId: string;
  idToken: string;
  visitor: Visitor;
}

/** Where to exchange it. */
export interface ExchangeAddress {
  backendUrl: string;
  sharedSecret: string | undefined;
}

/** Longer than the backend's own deadlines for keys (3 s) and database (3 s), so that its reason arrives. */
const EXCHANGE_TIMEOUT_MS = 10_000;

/** Exchanges a provider's ID token for a token of the backend. */
export function exchangeIdToken(
  { backendUrl, sharedSecret }: ExchangeAddress,
  { providerId, idToken, visitor }: ExchangeRequest,
): Promise<BackendResult<ApiSession>> {
  const request = {
    method: 'POST' as const,
    body: { id_token: idToken },
    headers: sharedSecret === undefined ? {} : visitorHeaders(sharedSecret, visitor),
    timeoutMs: EXCHANGE_TIMEOUT_MS,
  };
  return askBackend(backendUrl, `/auth/${providerId}`, request, readExchangeAnswer);
}

/** The session in the answer to an exchange, or undefined where something is missing. */
export function readExchangeAnswer(body: unknown): ApiSession | undefined {
  const fields = fieldsOf(body);
  const token = textOf(fields?.token);
  const expiresAt = instantOf(fields?.expires_at);
  const account = readAccount(fields?.account);
  if (!token || expiresAt === undefined || !account) return undefined;
  const { id, email, name, picture, provider } = account;
  return { token, expiresAt: Math.floor(expiresAt / 1_000), account: { id, email, name, picture, provider } };
}

function visitorHeaders(sharedSecret: string, { address, userAgent }: Visitor): Record<string, string> {
  return {
    'X-Frontend-Secret': sharedSecret,
    ...(address && { 'X-Client-Address': address }),
    ...(userAgent && { 'X-Client-User-Agent': userAgent }),
  };
}
