import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { AccountsWanted } from '../../accounts/administration/account-directory';
import { MAXIMUM_ROLES, ROLE_NAME } from '../../accounts/administration/role-list';
import { InvalidRequestError } from '../../errors/social-auth.error';
import { ACCOUNT_KINDS, type AccountKind } from '../../tokens/principal';
import { pageOf, PageQuery } from '../http/page.query';

const STATUSES = ['active', 'disabled'] as const;

/** Which accounts are looked for: those that meet all that is named. */
export class AccountsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ description: 'The whole address, in whatever case.', example: 'ada@example.com' })
  @IsOptional()
  @Matches(/^[^\p{Cc}]{1,254}$/u, { message: '$property must have 1 to 254 characters' })
  email?: string;

  @ApiPropertyOptional({ description: 'Together with `subject`.', example: 'google' })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,64}$/, { message: '$property must be the name of a provider' })
  provider?: string;

  @ApiPropertyOptional({ description: 'Together with `provider`.', example: '104517803296471105821' })
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,255}$/, { message: '$property must be a subject of that provider' })
  subject?: string;

  @ApiPropertyOptional({ enum: ACCOUNT_KINDS })
  @IsOptional()
  @IsIn(ACCOUNT_KINDS)
  kind?: AccountKind;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];
}

/** What the roles of an account shall be. */
export class RolesRequest {
  @ApiProperty({ type: [String], maxItems: MAXIMUM_ROLES, example: ['admin'] })
  @IsArray()
  @ArrayMaxSize(MAXIMUM_ROLES)
  @Matches(ROLE_NAME, { each: true })
  roles!: string[];
}

/** @throws InvalidRequestError if one of provider and subject is named without the other. */
export function accountsWanted({ provider, subject, id, email, kind, status, ...page }: AccountsQuery): AccountsWanted {
  if ((provider === undefined) !== (subject === undefined)) {
    throw new InvalidRequestError('Name provider and subject together.');
  }
  const identity = provider !== undefined && subject !== undefined ? { provider, subject } : undefined;
  return { ...pageOf(page), id, email, kind, status, identity };
}
