import type { EntityManager } from 'typeorm';
import type { AccountEntity } from './account.entity';
import type { IdentityEntity } from './identity.entity';

/** Injection token of the {@link AccountPolicy}. */
export const ACCOUNT_POLICY = 'SOCIAL_AUTH_ACCOUNT_POLICY';

/** What the host does when accounts come and go; a hook that throws rolls everything back. */
export interface AccountHooks {
  /** Runs in the transaction of a first sign-in, before its token is issued. */
  onAccountCreated?(account: AccountEntity, identity: IdentityEntity, manager: EntityManager): Promise<void>;
  /** Runs in the transaction that deletes an account, while its rows are still there. */
  onAccountDeleted?(account: AccountEntity, manager: EntityManager): Promise<void>;
}

/** What accounts need to know of the rest of the module. */
export interface AccountPolicy extends AccountHooks {
  /** A provider's name as people know it; its own name where it is not mounted any more. */
  titleOf(provider: string): string;
}
