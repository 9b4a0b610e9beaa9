import { Inject, Injectable } from '@nestjs/common';
import { ACCOUNT_POLICY, type AccountPolicy } from '../../accounts/account-policy';
import { AccountsService } from '../../accounts/accounts.service';
import { identityListResponse, type IdentityListResponse } from './identities.response';

/** Shows people the ways to sign in to their account. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly accounts: AccountsService,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /** The identities of an account, the oldest first. */
  async of(accountId: string): Promise<IdentityListResponse> {
    const identities = await this.accounts.identitiesOf(accountId);
    return identityListResponse(identities, (provider) => this.policy.titleOf(provider));
  }
}
