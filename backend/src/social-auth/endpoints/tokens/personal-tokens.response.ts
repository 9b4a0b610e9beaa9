import { ApiProperty } from '@nestjs/swagger';
import type { IssuedPersonalToken } from '../../tokens/personal-tokens';
import { issuedTokenResponse, IssuedTokenResponse } from './issued-token.response';

/** A personal token in the one answer in which it is shown. */
export class PersonalTokenResponse extends IssuedTokenResponse {
  @ApiProperty({ format: 'uuid', example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001' })
  id!: string;

  @ApiProperty({ example: 'Backup script' })
  name!: string;

  @ApiProperty({ type: [String], example: ['account:read'] })
  scopes!: readonly string[];
}

/** What a client is answered of its new personal token. */
export function personalTokenResponse(issued: IssuedPersonalToken): PersonalTokenResponse {
  const { id, name, scopes } = issued;
  return { id, name, scopes, ...issuedTokenResponse(issued) };
}
