import { ApiProperty } from '@nestjs/swagger';
import { CLIENT_PLATFORMS } from '../../replay/provider-client';
import type { TokenKind } from '../../tokens/principal';
import type { SessionRow } from '../../tokens/token-list';

/** What is told of a token wherever it is shown. */
export class KeptTokenResponse {
  @ApiProperty({ format: 'uuid', example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001' })
  id!: string;

  @ApiProperty({ enum: ['sign_in', 'personal'] })
  kind!: TokenKind;

  @ApiProperty({ type: String, nullable: true, description: 'Of personal tokens.', example: null })
  name!: string | null;

  @ApiProperty({ example: 'google' })
  provider!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: `On what the client runs that signed in: ${CLIENT_PLATFORMS.join(', ')}; null: its settings do not say.`,
    example: 'web',
  })
  platform!: string | null;

  @ApiProperty({ type: [String], nullable: true, description: 'null: whatever the account may do.', example: null })
  scopes!: readonly string[] | null;

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  client_address!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0' })
  user_agent!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-11-21T10:00:00.000Z' })
  last_used_at!: string | null;
}

/** A token as far as it is told wherever it is shown. */
type KeptToken = Omit<SessionRow, 'predecessorId' | 'expiresAt'>;

/** What is told of a token wherever it is shown. */
export const keptTokenResponse = (token: KeptToken): KeptTokenResponse => ({
  id: token.id,
  kind: token.kind,
  name: token.name,
  provider: token.provider,
  platform: token.platform,
  scopes: token.scopes,
  client_address: token.clientAddress,
  user_agent: token.userAgent,
  created_at: token.createdAt.toISOString(),
  last_used_at: token.lastUsedAt?.toISOString() ?? null,
});
