import { ApiProperty } from '@nestjs/swagger';
import type { SignInResult } from '../accounts/accounts.service';
import { accountResponse, AccountResponse } from './account.response';

/** The answer to a sign-in: the only time that the token is shown. [RFC 6749 5.1] */
export class SignInResponse {
  @ApiProperty({ example: 'nte_0pYt5bqK7mP2vXcR9wLd3hJfG8sZa6nE1uTiQoBkVyM2oLq8e' })
  token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ format: 'date-time', example: '2026-11-22T09:30:00.000Z' })
  expires_at!: string;

  @ApiProperty({ description: 'Seconds from now.', example: 86_400 })
  expires_in!: number;

  @ApiProperty()
  account!: AccountResponse;

  @ApiProperty({ description: 'Whether this sign-in made the account.' })
  is_new_account!: boolean;
}

/** What a client is answered to a sign-in. */
export function signInResponse({ account, issued, isNewAccount }: SignInResult): SignInResponse {
  return {
    token: issued.token,
    token_type: 'Bearer',
    expires_at: issued.expiresAt.toISOString(),
    expires_in: issued.expiresIn,
    account: accountResponse(account),
    is_new_account: isNewAccount,
  };
}
