import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AccountDirectory } from '../../accounts/administration/account-directory';
import { CurrentToken } from '../../guard/principal.decorators';
import { SecurityLogReader } from '../../security-log/security-log.reader';
import { TokenList } from '../../tokens/token-list';
import { pageOf, PageQuery } from '../http/page.query';
import { ValidatedQuery } from '../http/validated-body';
import { accountsWanted, AccountsQuery } from './admin-accounts.request';
import {
  adminAccountDetailResponse,
  AdminAccountDetailResponse,
  adminAccountListResponse,
  AdminAccountListResponse,
} from './admin-accounts.response';
import { EventsQuery, eventsWanted } from './admin-events.request';
import { adminEventListResponse, AdminEventListResponse } from './admin-events.response';
import { adminSessionListResponse, AdminSessionListResponse } from './admin-sessions.response';
import { AccountIdPipe, ApiAdministered, ForAdministrators } from './administrator';

/** What administrators see of accounts. */
@ForAdministrators()
@Controller('admin/accounts')
export class AdminAccountsController {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly tokens: TokenList,
    private readonly events: SecurityLogReader,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Find accounts, newest first' })
  @ApiOkResponse({ type: AdminAccountListResponse })
  @ApiAdministered()
  async find(@Query(ValidatedQuery) query: AccountsQuery): Promise<AdminAccountListResponse> {
    return adminAccountListResponse(await this.accounts.page(accountsWanted(query)));
  }

  @Get(':id')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Show an account with its identities and roles' })
  @ApiOkResponse({ type: AdminAccountDetailResponse })
  @ApiAdministered('not_found')
  async show(@Param('id') id: string): Promise<AdminAccountDetailResponse> {
    return adminAccountDetailResponse(await this.accounts.account(id));
  }

  @Get(':id/sessions')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List the sessions and personal tokens of an account, newest first' })
  @ApiOkResponse({ type: AdminSessionListResponse })
  @ApiAdministered('not_found')
  async listSessions(
    @Param('id', AccountIdPipe) id: string,
    @Query(ValidatedQuery) query: PageQuery,
    @CurrentToken('id') tokenId: string,
  ): Promise<AdminSessionListResponse> {
    return adminSessionListResponse(await this.tokens.of(id), pageOf(query), tokenId);
  }

  @Get(':id/events')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List what happened to an account, newest first' })
  @ApiOkResponse({ type: AdminEventListResponse })
  @ApiAdministered('not_found')
  async listEvents(
    @Param('id', AccountIdPipe) id: string,
    @Query(ValidatedQuery) query: EventsQuery,
  ): Promise<AdminEventListResponse> {
    return adminEventListResponse(await this.events.ofAccount(id, eventsWanted(query)));
  }
}
