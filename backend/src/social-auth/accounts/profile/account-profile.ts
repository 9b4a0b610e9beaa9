import type { EntityManager } from 'typeorm';
import { AccountEntity } from '../account.entity';
import { isEmailTaken } from '../sign-in/email-owner';
import { hasProfile, profileOf, type StoredProfile } from './profile-update';

/**
 * Makes a locked account's profile that of its primary identity. Where the address has become somebody else's, the
 * account keeps its former one, or, if that has gone with its identity, has the new one as not verified.
 *
 * @returns whether anything has changed.
 */
export async function followIdentity(
  manager: EntityManager,
  account: AccountEntity,
  identity: StoredProfile,
  formerAddress: 'kept' | 'gone' = 'kept',
): Promise<boolean> {
  const wanted = profileOf(identity);
  if (hasProfile(account, wanted)) return false;
  const { email, emailVerified } = account;
  const keepsAddress = wanted.email === email && wanted.emailVerified === emailVerified;
  const isTaken =
    !keepsAddress &&
    wanted.emailVerified &&
    wanted.email !== null &&
    (await isEmailTaken(manager, wanted.email, account.id));
  const instead = formerAddress === 'kept' ? { email, emailVerified } : { emailVerified: false };
  const profile = isTaken ? { ...wanted, ...instead } : wanted;
  if (hasProfile(account, profile)) return false;
  Object.assign(account, profile);
  await manager.update(AccountEntity, { id: account.id }, { ...profile });
  return true;
}
