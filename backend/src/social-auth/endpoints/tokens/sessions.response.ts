import { ApiProperty } from '@nestjs/swagger';
import type { SessionRow } from '../../tokens/token-list';
import { keptTokenResponse, KeptTokenResponse } from './kept-token.response';

/** A token as its owner sees it: everything but the token. */
export class SessionResponse extends KeptTokenResponse {
  @ApiProperty({
    format: 'date-time',
    description: 'When it ends unless it is used before.',
    example: '2026-11-22T09:30:00.000Z',
  })
  expires_at!: string;

  @ApiProperty({ description: 'Whether it is the token of this request, or has just taken its place.' })
  current!: boolean;
}

/** The sessions of an account, the newest first. */
export class SessionListResponse {
  @ApiProperty({ type: [SessionResponse] })
  sessions!: SessionResponse[];
}

const sessionResponse = (row: SessionRow, currentTokenId: string): SessionResponse => ({
  ...keptTokenResponse(row),
  expires_at: row.expiresAt.toISOString(),
  current: [row.id, row.predecessorId].includes(currentTokenId),
});

/** What the owner of an account sees of its tokens. */
export const sessionListResponse = (rows: readonly SessionRow[], currentTokenId: string): SessionListResponse => ({
  sessions: rows.map((row) => sessionResponse(row, currentTokenId)),
});
