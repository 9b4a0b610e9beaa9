import type { EntityManager } from 'typeorm';
import { changedRows } from '../database/changed-rows';
import type { TokenKind } from './principal';
import { familyOf, lives } from './token-life';
import type { TokenLimitPolicy } from './token-rules';

/** What became of tokens that were too many. */
export interface EndedSurplus {
  /** How many sign-ins ended. */
  families: number;
  tokenIds: string[];
}

/** Which tokens of an account are too many. */
export interface Surplus {
  accountId: string;
  kind: TokenKind;
  /** How many may stay. */
  keep: number;
  policy: Exclude<TokenLimitPolicy, 'reject'>;
}

/** SQL: whether the token in `t`, of an account and a kind, counts for a limit: one does for each chain of rotations. */
export const counts = (account: string, kind: string): string =>
  `t.account_id = ${account} and t.kind = ${kind} and t.rotated_at is null and ${lives('t')}`;

const COUNTED = counts('$1', '$2');

/** A chain is as old as its first token, whose id, a UUIDv7, is the family's. */
const STAYS_LONGEST: Record<Surplus['policy'], string> = {
  'evict-oldest': `${familyOf('t')} desc`,
  'evict-least-recently-used': `coalesce(t.last_used_at, t.created_at) desc, ${familyOf('t')} desc`,
};

const endSurplusOf = (policy: Surplus['policy']): string => `
  with surplus as (
    select ${familyOf('t')} as family from social_auth_token t where ${COUNTED}
     order by ${STAYS_LONGEST[policy]} offset $3)
  update social_auth_token t set revoked_at = now()
    from surplus
   where t.account_id = $1 and ${familyOf('t')} = surplus.family and t.revoked_at is null
  returning surplus.family, t.id`;

const END_SURPLUS: Record<Surplus['policy'], string> = {
  'evict-oldest': endSurplusOf('evict-oldest'),
  'evict-least-recently-used': endSurplusOf('evict-least-recently-used'),
};

/** How many tokens of a kind an account has, in a transaction that holds its lock. */
export async function countLiving(manager: EntityManager, accountId: string, kind: TokenKind): Promise<number> {
  const [row] = await manager.query<{ living: number }[]>(
    `select count(*)::integer as living from social_auth_token t where ${COUNTED}`,
    [accountId, kind],
  );
  return row?.living ?? 0;
}

/**
 * Ends the tokens of an account that are too many, with those from which they were rotated, in a transaction that holds
 * its lock.
 */
export async function endSurplus(
  manager: EntityManager,
  { accountId, kind, keep, policy }: Surplus,
): Promise<EndedSurplus> {
  const rows = await changedRows<{ family: string; id: string }>(manager, END_SURPLUS[policy], [accountId, kind, keep]);
  return { families: new Set(rows.map(({ family }) => family)).size, tokenIds: rows.map(({ id }) => id) };
}
