import { ApiProperty } from '@nestjs/swagger';
import type { AccountData, ExportedToken } from '../../accounts/administration/account-export';
import { keptIdentityResponse, KeptIdentityResponse } from '../identities/kept-identity.response';
import { keptTokenResponse, KeptTokenResponse } from '../tokens/kept-token.response';
import { AccountEventResponse, eventResponse } from './account-events.response';
import { ownAccountResponse, OwnAccountResponse } from './account.response';

const Moment = (description?: string): PropertyDecorator =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description, example: null });

/** Everything that is kept of a token but what recognises it. */
export class ExportedSessionResponse extends KeptTokenResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be003' })
  identity_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '1234-abcd.apps.googleusercontent.com' })
  client_id!: string | null;

  @Moment('When the provider proved who the person is.')
  authenticated_at!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T09:30:00.000Z' })
  expires_at!: string;

  @Moment()
  revoked_at!: string | null;

  @Moment()
  rotated_at!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds that it may lie unused.', example: null })
  idle_seconds!: number | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  family_id!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  successor_id!: string | null;

  @ApiProperty({ description: 'How often it was rotated.', example: 0 })
  rotations!: number;
}

/** Everything that is kept about an account. */
export class AccountExportResponse {
  @ApiProperty()
  account!: OwnAccountResponse;

  @ApiProperty({ type: [KeptIdentityResponse] })
  identities!: KeptIdentityResponse[];

  @ApiProperty({ type: [ExportedSessionResponse], description: 'Those that have ended included, newest first.' })
  sessions!: ExportedSessionResponse[];

  @ApiProperty({ type: [AccountEventResponse] })
  events!: AccountEventResponse[];

  @ApiProperty({ description: 'Whether there are more sessions or events: the newest 10,000 of each are told.' })
  truncated!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the application keeps.' })
  application!: object;
}

const momentOf = (date: Date | null): string | null => date?.toISOString() ?? null;

const exportedSession = (token: ExportedToken): ExportedSessionResponse => ({
  ...keptTokenResponse(token),
  identity_id: token.identityId,
  client_id: token.clientId,
  authenticated_at: momentOf(token.authenticatedAt),
  expires_at: token.expiresAt.toISOString(),
  revoked_at: momentOf(token.revokedAt),
  rotated_at: momentOf(token.rotatedAt),
  idle_seconds: token.idleSeconds,
  family_id: token.familyId,
  successor_id: token.successorId,
  rotations: token.rotations,
});

/** What an account's owner takes away. */
export const accountExportResponse = (data: AccountData): AccountExportResponse => ({
  account: ownAccountResponse(data.account),
  identities: data.identities.map(keptIdentityResponse),
  sessions: data.tokens.map(exportedSession),
  events: data.events.map(eventResponse),
  truncated: data.truncated,
  application: data.application,
});
