import type { EntityManager } from 'typeorm';

/** The key of a person. */
export interface IdentityKey {
  issuer: string;
  /** Of all subjects of an issuer no two are equal, byte for byte. */
  subject: string;
}

/**
 * Makes every other transaction that makes or links one of these identities wait until this one ends. It comes before
 * the lock of any account: two orders of locking would be a deadlock.
 */
export async function lockIdentities(manager: EntityManager, identities: readonly IdentityKey[]): Promise<void> {
  // In one order, whichever of them is whose counterpart.
  const keys = identities.map(({ issuer, subject }) => `identity:${issuer} ${subject}`).sort();
  await manager.query('select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) key', [keys]);
}
