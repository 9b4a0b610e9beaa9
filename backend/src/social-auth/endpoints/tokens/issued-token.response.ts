import { ApiProperty } from '@nestjs/swagger';
import type { IssuedToken } from '../../tokens/token-issuer';

/** A token in the one answer in which it is shown. [RFC 6749 5.1] */
export class IssuedTokenResponse {
  @ApiProperty({ example: 'nte_0pYt5bqK7mP2vXcR9wLd3hJfG8sZa6nE1uTiQoBkVyM2oLq8e' })
  token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ format: 'date-time', example: '2026-11-22T09:30:00.000Z' })
  expires_at!: string;

  @ApiProperty({ description: 'Seconds from now.', example: 86_400 })
  expires_in!: number;
}

/** What a client is answered of its new token. */
export function issuedTokenResponse({ token, expiresAt, expiresIn }: IssuedToken): IssuedTokenResponse {
  return { token, token_type: 'Bearer', expires_at: expiresAt.toISOString(), expires_in: expiresIn };
}
