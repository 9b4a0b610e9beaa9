import type { EntityManager } from 'typeorm';
import { MOST_ROTATIONS, type RotationState } from './rotation-decision';
import { lives } from './token-life';

/** A token that is to be rotated: what its successor takes over, and what it is decided by. */
export interface RotatedRow {
  id: string;
  account_id: string;
  provider: string;
  identity_id: string | null;
  client_id: string | null;
  platform: string | null;
  scopes: string[] | null;
  expires_at: Date;
  idle_seconds: number | null;
  family_id: string | null;
  successor_id: string | null;
  rotations: number;
  rotated_ago: number | null;
  is_valid: boolean;
  lives: boolean;
}

const LOCK_TOKEN = `
  select t.id, t.account_id, t.provider, t.identity_id, t.client_id, t.platform, t.scopes, t.expires_at,
         t.idle_seconds, t.family_id, t.successor_id, t.rotations,
         extract(epoch from now() - t.rotated_at)::float8 as rotated_ago, ${lives('t')} as lives,
         t.revoked_at is null and t.expires_at > now() and a.disabled_at is null as is_valid
    from social_auth_token t join social_auth_account a on a.id = t.account_id
   where t.id = $1 and t.account_id = $2 and t.kind = 'sign_in'
     for update of t`;

// The lock waits for a first use that is being recorded, and is what such a recording waits for.
const LOCK_SUCCESSOR = `
  select s.last_used_at is not null as is_used, not ${lives('s')} as is_ended
    from social_auth_token s where s.id = $1
     for update`;

const SUPERSEDE = `
  update social_auth_token set rotated_at = now(), successor_id = $2, rotations = rotations + 1 where id = $1`;

// Superseded rather than revoked, and at once past its grace: whoever presents it after all has caught the answer that
// was thought to be lost.
const REPLACE_UNUSED = `
  update social_auth_token
     set rotated_at = now() - make_interval(secs => $3), successor_id = $2, rotations = ${MOST_ROTATIONS}
   where id = $1 and revoked_at is null`;

/** Rotated tokens of an account that have not ended: so many are ended in a fraction of what a transaction may take. */
const MOST_ROTATED = 10_000;

const COUNT_ROTATED = `
  select count(*)::integer as rotated from (
    select 1 from social_auth_token
     where account_id = $1 and rotated_at is not null and revoked_at is null and expires_at > now() limit $2) rotated`;

/**
 * Locks a sign-in token and its successor, in a transaction that holds the account's lock.
 *
 * @returns `undefined` if the account has no such token.
 */
export async function lockForRotation(
  manager: EntityManager,
  accountId: string,
  tokenId: string,
): Promise<{ row: RotatedRow; state: RotationState } | undefined> {
  const [row] = await manager.query<RotatedRow[]>(LOCK_TOKEN, [tokenId, accountId]);
  if (!row) return undefined;
  const [successor] =
    row.successor_id === null
      ? []
      : await manager.query<{ is_used: boolean; is_ended: boolean }[]>(LOCK_SUCCESSOR, [row.successor_id]);
  const state = {
    isValid: row.is_valid,
    isIdle: row.is_valid && !row.lives,
    secondsSinceRotation: row.rotated_ago,
    rotations: row.rotations,
    successor: successor && { isUsed: successor.is_used, isEnded: successor.is_ended },
  };
  return { row, state };
}

/**
 * Whether one more token of an account may be rotated, in a transaction that holds its lock. Without a bound whoever has
 * a stolen token could rotate it until signing out everywhere, or disabling the account, takes longer than it may.
 */
export async function mayRotateAnother(manager: EntityManager, accountId: string): Promise<boolean> {
  const [row] = await manager.query<{ rotated: number }[]>(COUNT_ROTATED, [accountId, MOST_ROTATED]);
  return (row?.rotated ?? 0) < MOST_ROTATED;
}

/** Puts a new token in the place of a locked one, and of the unused successor that it had before. */
export async function replace(
  manager: EntityManager,
  row: RotatedRow,
  successorId: string,
  graceSeconds: number,
): Promise<void> {
  await manager.query(SUPERSEDE, [row.id, successorId]);
  if (row.successor_id !== null) await manager.query(REPLACE_UNUSED, [row.successor_id, successorId, graceSeconds]);
}
