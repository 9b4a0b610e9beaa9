import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SecurityLogReader } from '../../security-log/security-log.reader';
import { ValidatedQuery } from '../http/validated-body';
import { EventsQuery, eventsWanted } from './admin-events.request';
import { adminEventListResponse, AdminEventListResponse } from './admin-events.response';
import { ApiAdministered, ForAdministrators } from './administrator';

/** Everybody's log. */
@ForAdministrators()
@Controller('admin/events')
export class AdminEventsController {
  constructor(private readonly events: SecurityLogReader) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List what happened to whomever, newest first' })
  @ApiOkResponse({ type: AdminEventListResponse })
  @ApiAdministered()
  async list(@Query(ValidatedQuery) query: EventsQuery): Promise<AdminEventListResponse> {
    return adminEventListResponse(await this.events.ofAll(eventsWanted(query)));
  }
}
