import { ApiProperty } from '@nestjs/swagger';
import type { SignInResult } from '../../accounts/accounts.service';
import { accountResponse, AccountResponse } from '../accounts/account.response';
import { issuedTokenResponse, IssuedTokenResponse } from '../tokens/issued-token.response';

/** The answer to a sign-in. */
export class SignInResponse extends IssuedTokenResponse {
  @ApiProperty()
  account!: AccountResponse;

  @ApiProperty({ description: 'Whether this sign-in made the account.' })
  is_new_account!: boolean;
}

/** What a client is answered to a sign-in. */
export function signInResponse({ account, issued, isNewAccount }: SignInResult): SignInResponse {
  return { ...issuedTokenResponse(issued), account: accountResponse(account), is_new_account: isNewAccount };
}
