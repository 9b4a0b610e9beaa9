import type { EntityManager } from 'typeorm';
import type { AccountEntity } from './account.entity';
import type { IdentityEntity } from './identity.entity';
import type { IdentityKey } from './sign-in/identity-lock';
import type { ProvenIdentity } from './sign-in/sign-in.transaction';

/** Injection token of the {@link AccountPolicy}. */
export const ACCOUNT_POLICY = 'SOCIAL_AUTH_ACCOUNT_POLICY';

/** What the host does when accounts come and go; a hook that throws rolls everything back. */
export interface AccountHooks {
  /** Runs in the transaction of a first sign-in, before its token is issued. */
  onAccountCreated?(account: AccountEntity, identity: IdentityEntity, manager: EntityManager): Promise<void>;
  /** Runs in the transaction that deletes an account, while its rows are still there. */
  onAccountDeleted?(account: AccountEntity, manager: EntityManager): Promise<void>;
  /**
   * Gives what the host keeps of an account, for its owner, who gets it as JSON; in the transaction that reads the rest,
   * within 1.5 seconds.
   */
  onAccountExport?(account: AccountEntity, manager: EntityManager): Promise<object>;
}

/** What accounts need to know of the rest of the module. */
export interface AccountPolicy extends AccountHooks {
  /** A provider's name as people know it; its own name where it is not mounted any more. */
  titleOf(provider: string): string;
  /** The same person at other providers, by what their subjects are known to have in common; none unless it is wanted. */
  counterpartsOf(identity: ProvenIdentity): readonly IdentityKey[];
}
