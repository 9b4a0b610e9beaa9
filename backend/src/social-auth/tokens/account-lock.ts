import type { EntityManager } from 'typeorm';

/**
 * Makes every other transaction that issues or ends tokens of an account wait until this one ends. It comes before the
 * lock of any of its tokens: two orders of locking would be a deadlock.
 *
 * @returns whether there is such an account.
 */
export async function lockAccount(manager: EntityManager, accountId: string): Promise<boolean> {
  const rows = await manager.query<object[]>('select 1 from social_auth_account where id = $1 for no key update', [
    accountId,
  ]);
  return rows.length > 0;
}
