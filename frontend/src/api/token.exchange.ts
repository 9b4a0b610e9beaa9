import type { ApiSession } from '../session/api.session';
import type { PersonName } from '../session/person.name';
import { fieldsOf, instantOf, textOf } from './answer.fields';
import { readAccount } from './account.answer';
import { askBackend } from './backend.client';
import type { BackendResult } from './backend.result';
import { visitorHeaders, type Visitor } from './visitor.headers';

/** A provider's token under the name by which the backend takes it. */
export type ProviderCredential = { id_token: string } | { access_token: string };

/** A token to be exchanged. */
export interface ExchangeRequest {
  providerId: string;
  /** Where it is exchanged, below `/auth`. Default: the provider's id. */
  route?: string;
  credential: ProviderCredential;
  visitor: Visitor;
  /** What the provider's form calls the person; only such a provider's endpoint at the backend takes it. */
  name?: PersonName;
}

/** Where to exchange it. */
export interface ExchangeAddress {
  backendUrl: string;
  sharedSecret: string | undefined;
}

/** How long a token may take: longer than the backend's own deadlines for keys and database, so that its reason arrives. */
export const EXCHANGE_TIMEOUT_MS = 10_000;

/** Exchanges a provider's token for a token of the backend. */
export function exchangeToken(
  { backendUrl, sharedSecret }: ExchangeAddress,
  { providerId, route = providerId, credential, visitor, name }: ExchangeRequest,
): Promise<BackendResult<ApiSession>> {
  const request = {
    method: 'POST' as const,
    body: { ...credential, ...(name && { user: { name } }) },
    headers: visitorHeaders(sharedSecret, visitor),
    timeoutMs: EXCHANGE_TIMEOUT_MS,
  };
  return askBackend(backendUrl, `/auth/${route}`, request, (body) => readExchangeAnswer(body, providerId));
}

/** The session in the answer to an exchange, or undefined where something is missing. */
export function readExchangeAnswer(body: unknown, signedInWith: string): ApiSession | undefined {
  const fields = fieldsOf(body);
  const token = textOf(fields?.token);
  const expiresAt = instantOf(fields?.expires_at);
  const account = readAccount(fields?.account);
  if (!token || expiresAt === undefined || !account) return undefined;
  const { id, email, name, picture, provider } = account;
  const summary = { id, email, name, picture, provider };
  return { token, expiresAt: Math.floor(expiresAt / 1_000), signedInWith, account: summary };
}
