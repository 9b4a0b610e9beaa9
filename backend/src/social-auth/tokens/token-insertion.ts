import type { TokenRequest } from './token-issuer';

/** What is kept of a token that was made just now, and the token itself. */
export interface MintedToken {
  id: string;
  /** Shown once, kept nowhere. */
  token: string;
  digest: Buffer;
  keyId: string;
}

/** Whom a token belongs to: SQL for the account and the identity, and where the two come from. */
interface TokenOwner {
  account: string;
  identity: string;
  from?: string;
}

/** How many of a statement's parameters are {@link insertionValues}. */
export const INSERTION_VALUES = 16;

/** SQL: writes a token down; its first parameters are {@link insertionValues}. */
export const insertionOf = ({ account, identity, from = '' }: TokenOwner): string => `
  insert into social_auth_token (id, account_id, identity_id, digest, key_id, kind, provider, client_id, platform,
                                 authenticated_at, name, scopes, client_address, user_agent, idle_seconds, family_id,
                                 created_at, expires_at)
  select $1::uuid, ${account}, ${identity}, $2::bytea, $3::text, $4::text, $5::text, $6::text, $7::text,
         $8::timestamptz, $9::text, $10::text[], $11::text, $12::text, $13::integer, $14::uuid,
         now(), coalesce($15::timestamptz, now() + make_interval(secs => $16::float8)) ${from}
  returning expires_at, round(extract(epoch from expires_at - now()))::integer as expires_in`;

/** The values of {@link insertionOf}: everything of a token but whose it is. */
export function insertionValues(
  { id, digest, keyId }: MintedToken,
  request: Omit<TokenRequest, 'accountId' | 'identityId'>,
): unknown[] {
  const { kind, provider, clientId, platform, authenticatedAt, name, scopes, client, idleSeconds, familyId, end } =
    request;
  return [
    id,
    digest,
    keyId,
    kind,
    provider,
    clientId,
    platform,
    authenticatedAt,
    name,
    scopes,
    client.address,
    client.userAgent,
    idleSeconds,
    familyId,
    'expiresAt' in end ? end.expiresAt : null,
    'ttlSeconds' in end ? end.ttlSeconds : null,
  ];
}
