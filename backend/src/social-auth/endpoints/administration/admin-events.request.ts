import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SECURITY_EVENT_TYPES, type SecurityEventType } from '../../security-log/security-event';
import type { EventsWanted } from '../../security-log/security-log.reader';
import { pageOf, PageQuery } from '../http/page.query';

/** Which events are looked for. */
export class EventsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: SECURITY_EVENT_TYPES })
  @IsOptional()
  @IsIn(SECURITY_EVENT_TYPES)
  type?: SecurityEventType;
}

/** The events that a query asks for. */
export const eventsWanted = ({ type, ...page }: EventsQuery): EventsWanted => ({ ...pageOf(page), type });
