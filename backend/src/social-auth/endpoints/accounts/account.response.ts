import { ApiProperty } from '@nestjs/swagger';
import { ACCOUNT_KINDS, type AccountKind, type PrincipalAccount } from '../../tokens/principal';

/** An account as its owner sees it. */
export class AccountResponse {
  @ApiProperty({ format: 'uuid', example: '01939f6e-7b5c-7c3a-9d58-0c5b3f3d7a11' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email!: string | null;

  @ApiProperty({ example: true })
  email_verified!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'https://example.com/ada.png' })
  picture!: string | null;

  @ApiProperty({ description: 'The provider of the first sign-in.', example: 'google' })
  provider!: string;
}

/** An account with the moment at which it was made, and what it may do. */
export class OwnAccountResponse extends AccountResponse {
  @ApiProperty({ enum: ACCOUNT_KINDS, example: 'person' })
  kind!: AccountKind;

  @ApiProperty({ type: [String], example: [] })
  roles!: readonly string[];

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  created_at!: string;
}

/** What an account's owner sees of it. */
export function accountResponse(account: Omit<PrincipalAccount, 'createdAt'>): AccountResponse {
  const { id, email, emailVerified, name, picture, provider } = account;
  return { id, email, email_verified: emailVerified, name, picture, provider };
}

/** What an account's owner is answered by `GET /accounts/me`. */
export const ownAccountResponse = (account: PrincipalAccount): OwnAccountResponse => ({
  ...accountResponse(account),
  kind: account.kind,
  roles: account.roles,
  created_at: account.createdAt.toISOString(),
});
