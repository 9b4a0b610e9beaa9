import { ApiProperty } from '@nestjs/swagger';
import type { AccountEntity } from '../../accounts/account.entity';
import type { AccountWithIdentities } from '../../accounts/administration/account-directory';
import type { Page } from '../../database/page';
import { ownAccountResponse, OwnAccountResponse } from '../accounts/account.response';
import { NextPage } from '../http/next-page.decorator';
import { keptIdentityResponse, KeptIdentityResponse } from '../identities/kept-identity.response';

/** An account as administrators see it. */
export class AdminAccountResponse extends OwnAccountResponse {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when sign-in is refused; null: it is not.',
    example: null,
  })
  disabled_at!: string | null;
}

/** A page of accounts, newest first. */
export class AdminAccountListResponse {
  @ApiProperty({ type: [AdminAccountResponse] })
  accounts!: AdminAccountResponse[];

  @NextPage()
  next!: string | null;
}

/** An account with all that it signs in with. */
export class AdminAccountDetailResponse extends AdminAccountResponse {
  @ApiProperty({ type: [KeptIdentityResponse] })
  identities!: KeptIdentityResponse[];
}

/** What administrators see of an account. */
const adminAccountResponse = (account: AccountEntity): AdminAccountResponse => ({
  ...ownAccountResponse(account),
  disabled_at: account.disabledAt?.toISOString() ?? null,
});

/** What administrators are answered to a search. */
export const adminAccountListResponse = ({ rows, next }: Page<AccountEntity>): AdminAccountListResponse => ({
  accounts: rows.map(adminAccountResponse),
  next: next ?? null,
});

/** What administrators see of one account. */
export const adminAccountDetailResponse = ({
  account,
  identities,
}: AccountWithIdentities): AdminAccountDetailResponse => ({
  ...adminAccountResponse(account),
  identities: identities.map(keptIdentityResponse),
});
