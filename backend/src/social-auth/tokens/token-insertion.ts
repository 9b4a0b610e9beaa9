import type { TokenRequest } from './token-issuer';

/** What is kept of a token that was made just now, and the token itself. */
export interface MintedToken {
  id: string;
  /** Shown once, kept nowhere. */
  token: string;
  digest: Buffer;
  keyId: string;
}

/** Whom tokens belong to: SQL for the account and the identity, and where the two come from. */
interface TokenOwner {
  account: string;
  identity: string;
  from?: string;
}

/** What is written of a token but whose it is, and the types of PostgreSQL; the last two say when it ends. */
export const TOKEN_VALUES = {
  id: 'uuid',
  digest: 'bytea',
  key_id: 'text',
  kind: 'text',
  provider: 'text',
  client_id: 'text',
  platform: 'text',
  authenticated_at: 'timestamptz',
  name: 'text',
  scopes: 'text[]',
  client_address: 'text',
  user_agent: 'text',
  idle_seconds: 'integer',
  family_id: 'uuid',
  ends_at: 'timestamptz',
  ttl_seconds: 'float8',
} as const;

type TokenValue = keyof typeof TOKEN_VALUES;

/** The values of a token, by their names. */
export type TokenValues = Record<TokenValue, unknown>;

const NAMES = Object.keys(TOKEN_VALUES) as TokenValue[];
const COLUMNS = NAMES.filter((name) => name !== 'ends_at' && name !== 'ttl_seconds');

/**
 * SQL: writes tokens down.
 *
 * @param valueOf SQL for a value of a token.
 */
export const insertionOf = (
  valueOf: (name: TokenValue) => string,
  { account, identity, from = '' }: TokenOwner,
): string => `
  insert into social_auth_token (account_id, identity_id, created_at, expires_at, ${COLUMNS.join(', ')})
  select ${account}, ${identity}, now(),
         coalesce(${valueOf('ends_at')}, now() + make_interval(secs => ${valueOf('ttl_seconds')})),
         ${COLUMNS.map(valueOf).join(', ')} ${from}
  returning id, expires_at, round(extract(epoch from expires_at - now()))::integer as expires_in`;

/** SQL: a value of a token as a parameter of the statement, in the order of {@link TOKEN_VALUES}. */
export const tokenParameter = (name: TokenValue): string => `$${NAMES.indexOf(name) + 1}::${TOKEN_VALUES[name]}`;

/** The values of a token, in the order of {@link TOKEN_VALUES}. */
export function tokenValues(
  { id, digest, keyId }: MintedToken,
  request: Omit<TokenRequest, 'accountId' | 'identityId'>,
): TokenValues {
  const { kind, provider, clientId, platform, authenticatedAt, name, scopes, client, idleSeconds, familyId, end } =
    request;
  return {
    id,
    digest: `\\x${digest.toString('hex')}`,
    key_id: keyId,
    kind,
    provider,
    client_id: clientId,
    platform,
    authenticated_at: authenticatedAt,
    name,
    scopes,
    client_address: client.address,
    user_agent: client.userAgent,
    idle_seconds: idleSeconds,
    family_id: familyId,
    ends_at: 'expiresAt' in end ? end.expiresAt : undefined,
    ttl_seconds: 'ttlSeconds' in end ? end.ttlSeconds : undefined,
  };
}
