import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountDisabledError } from '../../errors/social-auth.error';
import { Announcements } from '../../revocation/announcements';
import type { VerifiedCredential, VerifiedIdentity } from '../../verification/verified-credential';
import { TokenEnding } from '../../tokens/token-ending';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { AccountEntity } from '../account.entity';
import { followIdentity } from '../profile/account-profile';
import { updatedProfile } from '../profile/profile-update';
import type { SignInClient } from '../sign-in-client';
import { lockIdentities } from './identity-lock';
import { NewIdentities, type Entered } from './new-identities';
import { choicesFor, decideSignIn } from './sign-in-decision';
import { SignInTransaction, type KnownIdentity } from './sign-in.transaction';

/** How somebody comes: by posting a credential, or with a request that carries one. */
export type Occasion = 'exchange' | 'bearer';

/** Finds or makes the account of a verified person or machine, whatever comes of it then. */
@Injectable()
export class Entrance {
  constructor(
    private readonly newIdentities: NewIdentities,
    private readonly ending: TokenEnding,
    private readonly announcements: Announcements,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /**
   * The account of a credential, locked, in the transaction of `manager`.
   *
   * @throws StartOver if something has changed while a lock was waited for.
   * @throws AddressHeldError if an account has proven to own the address and the operator wants no second one.
   * @throws AccountDisabledError
   * @throws SignInForbiddenError
   * @throws ProviderTokenRefusedError if the account was deleted after the credential was issued.
   */
  async enter(
    manager: EntityManager,
    credential: VerifiedCredential,
    client: SignInClient,
    occasion: Occasion = 'exchange',
  ): Promise<Entered> {
    const { identity } = credential;
    const signIn = new SignInTransaction(manager);
    const known = await signIn.find(identity);
    if (known) return this.welcomeBack(manager, known, identity);
    await lockIdentities(manager, [identity, ...this.policy.counterpartsOf(identity)]);
    // Whoever held the lock before may have made the account meanwhile.
    const madeMeanwhile = await signIn.find(identity);
    if (madeMeanwhile) return this.welcomeBack(manager, madeMeanwhile, identity);
    return this.newIdentities.welcome(manager, credential, client, occasion);
  }

  private async welcomeBack(
    manager: EntityManager,
    { account, identity }: KnownIdentity,
    verified: VerifiedIdentity,
  ): Promise<Entered> {
    const known = { accountId: account.id, disabled: account.disabledAt !== null };
    const decision = decideSignIn({ identity: verified, known }, choicesFor(verified.provider, this.rules));
    if (decision.kind === 'disabled') throw new AccountDisabledError();
    if (verified.machine && account.kind === 'person') await this.makeMachine(manager, account);
    const profile = updatedProfile(identity, verified);
    await new SignInTransaction(manager).updateIdentity(identity, profile);
    if (identity.isPrimary && (await followIdentity(manager, account, profile))) {
      this.announcements.announce(manager, { kind: 'account', accountId: account.id });
    }
    return { account, identity, isNewAccount: false };
  }

  /** Of an account from before machines were told apart, whose tokens may do whatever a person's may. */
  private async makeMachine(manager: EntityManager, account: AccountEntity): Promise<void> {
    await this.ending.endAll(manager, account.id);
    account.kind = 'machine';
    await manager.update(AccountEntity, { id: account.id }, { kind: 'machine' });
    this.announcements.announce(manager, { kind: 'account', accountId: account.id });
  }
}
