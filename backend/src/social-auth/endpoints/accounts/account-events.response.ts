import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../database/page';
import { SECURITY_EVENT_TYPES, type SecurityEvent, type SecurityEventType } from '../../security-log/security-event';
import { NextPage } from '../http/next-page.decorator';

/** Something that happened to an account, as its owner sees it. */
export class AccountEventResponse {
  @ApiProperty({ format: 'uuid', example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be001' })
  id!: string;

  @ApiProperty({ enum: SECURITY_EVENT_TYPES, example: 'signed_in' })
  type!: SecurityEventType;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  at!: string;

  @ApiProperty({ type: String, nullable: true, example: 'google' })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  client_address!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0' })
  user_agent!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: '019a9f3e-7c1d-7b52-9a63-0c2f5a4be002' })
  token_id!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null })
  details!: object | null;

  @ApiProperty({ description: 'Whether an administrator did it; which one is not told.' })
  by_administrator!: boolean;
}

/** A page of what happened to an account, newest first. */
export class AccountEventsResponse {
  @ApiProperty({ type: [AccountEventResponse] })
  events!: AccountEventResponse[];

  @NextPage()
  next!: string | null;
}

/** What the owner of an account sees of one event. */
export const eventResponse = ({ id, type, at, provider, client, ...event }: SecurityEvent): AccountEventResponse => ({
  id,
  type,
  at: at.toISOString(),
  provider: provider ?? null,
  client_address: client?.address ?? null,
  user_agent: client?.userAgent ?? null,
  token_id: event.tokenId ?? null,
  details: event.details ?? null,
  by_administrator: event.actorId !== undefined,
});

/** What the owner of an account sees of its log. */
export const accountEventsResponse = ({ rows, next }: Page<SecurityEvent>): AccountEventsResponse => ({
  events: rows.map(eventResponse),
  next: next ?? null,
});
