import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountDisabledError, SignInForbiddenError } from '../../errors/social-auth.error';
import { SecurityLog } from '../../security-log/security-log';
import type { VerifiedCredential, VerifiedIdentity } from '../../verification/verified-credential';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { ACCOUNT_RULES, type AccountRules } from '../account-rules';
import { AccountEntity } from '../account.entity';
import type { IdentityEntity } from '../identity.entity';
import { linkedEvent } from '../linking/identity-events';
import { firstProfile } from '../profile/profile-update';
import type { SignInClient } from '../sign-in-client';
import { AddressHeldError } from './email-conflicts';
import { lockEmailOwner } from './email-owner';
import type { Occasion } from './entrance';
import { choicesFor, decideSignIn, type SignInDecision, type SignInFacts } from './sign-in-decision';
import { SignInTransaction } from './sign-in.transaction';
import { Tombstones } from './tombstones';

/** Through which identity somebody came to which account. */
export interface Entered {
  account: AccountEntity;
  identity: IdentityEntity;
  isNewAccount: boolean;
}

/** Finds or makes the account of an identity that signs in for the first time. */
@Injectable()
export class NewIdentities {
  constructor(
    private readonly securityLog: SecurityLog,
    private readonly tombstones: Tombstones,
    @Inject(ACCOUNT_RULES) private readonly rules: AccountRules,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /**
   * Lets an unknown identity in, in a transaction that holds its lock.
   *
   * @throws AddressHeldError if an account has proven to own the address and the operator wants no second one.
   * @throws AccountDisabledError
   * @throws SignInForbiddenError
   * @throws ProviderTokenRefusedError if its account was deleted after the credential was issued.
   */
  async welcome(
    manager: EntityManager,
    credential: VerifiedCredential,
    client: SignInClient,
    occasion: Occasion,
  ): Promise<Entered> {
    const { identity } = credential;
    await this.tombstones.refuseOlder(manager, credential);
    if (occasion === 'bearer') await this.tombstones.refuseUnlinked(manager, credential);
    const decision = await this.decide(manager, identity, occasion);
    switch (decision.kind) {
      case 'create':
        return this.create(manager, named(credential), decision.sharesAddress, client, occasion);
      case 'link':
        return this.link(manager, identity, decision, client);
      case 'conflict':
        throw new AddressHeldError(decision);
      case 'sign_up_disabled':
        throw new SignInForbiddenError('sign_up_disabled');
      case 'disabled':
        throw new AccountDisabledError();
      case 'existing':
        throw new Error('the identity is known');
    }
  }

  private async decide(
    manager: EntityManager,
    identity: VerifiedIdentity,
    occasion: Occasion,
  ): Promise<SignInDecision> {
    const choices = choicesFor(identity.provider, this.rules);
    // Nobody is there who could be asked which account is theirs.
    if (occasion === 'bearer') choices.linking = 'never';
    return decideSignIn(await this.factsOf(manager, identity), choices);
  }

  private async factsOf(manager: EntityManager, identity: VerifiedIdentity): Promise<SignInFacts> {
    const counterparts = this.policy.counterpartsOf(identity);
    const samePerson = await new SignInTransaction(manager).findAccountOf(counterparts);
    if (samePerson) return { identity, samePerson };
    const { email, emailVerified } = identity;
    const isComparable = emailVerified && email !== undefined;
    return { identity, emailOwner: isComparable ? await lockEmailOwner(manager, email) : undefined };
  }

  private async create(
    manager: EntityManager,
    verified: VerifiedIdentity,
    sharesAddress: boolean,
    client: SignInClient,
    occasion: Occasion,
  ): Promise<Entered> {
    const { account, identity } = await new SignInTransaction(manager).create(verified, sharesAddress);
    const { provider } = verified;
    const event = {
      accountId: account.id,
      provider,
      client,
      ...(occasion === 'bearer' && { details: { direct: true } }),
    };
    await this.securityLog.record(manager, { type: 'account_created', ...event });
    await this.policy.onAccountCreated?.(account, identity, manager);
    return { account, identity, isNewAccount: true };
  }

  private async link(
    manager: EntityManager,
    verified: VerifiedIdentity,
    { accountId, how }: Extract<SignInDecision, { kind: 'link' }>,
    client: SignInClient,
  ): Promise<Entered> {
    const account = await manager.findOneByOrFail(AccountEntity, { id: accountId });
    const identity = await new SignInTransaction(manager).addIdentity(accountId, verified, firstProfile(verified));
    await this.securityLog.record(manager, linkedEvent(identity, how, client));
    return { account, identity, isNewAccount: false };
  }
}

/** The identity as a new account begins with it: the provider's word on the name comes before the client's. */
const named = ({ identity, claimedName }: VerifiedCredential): VerifiedIdentity => ({
  ...identity,
  name: identity.name ?? claimedName,
});
