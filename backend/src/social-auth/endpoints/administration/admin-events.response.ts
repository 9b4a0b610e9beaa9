import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../database/page';
import type { SecurityEvent } from '../../security-log/security-event';
import { AccountEventResponse, eventResponse } from '../accounts/account-events.response';
import { NextPage } from '../http/next-page.decorator';

/** Something that happened, as administrators see it. */
export class AdminEventResponse extends AccountEventResponse {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Whose log it stands in; null: nobody is known.',
    example: '01939f6e-7b5c-7c3a-9d58-0c5b3f3d7a11',
  })
  account_id!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The administrator who did it; null: the owner or the system.',
    example: null,
  })
  actor_id!: string | null;
}

/** A page of what happened, newest first. */
export class AdminEventListResponse {
  @ApiProperty({ type: [AdminEventResponse] })
  events!: AdminEventResponse[];

  @NextPage()
  next!: string | null;
}

const adminEventResponse = (event: SecurityEvent): AdminEventResponse => ({
  ...eventResponse(event),
  account_id: event.accountId ?? null,
  actor_id: event.actorId ?? null,
});

/** What administrators see of a log. */
export const adminEventListResponse = ({ rows, next }: Page<SecurityEvent>): AdminEventListResponse => ({
  events: rows.map(adminEventResponse),
  next: next ?? null,
});
