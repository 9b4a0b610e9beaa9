import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAccount } from '../../guard/principal.decorators';
import { RequireScopes } from '../../guard/route-access';
import { SecurityLogReader } from '../../security-log/security-log.reader';
import type { PrincipalAccount } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { pageOf, PageQuery } from '../http/page.query';
import { ValidatedQuery } from '../http/validated-body';
import { accountEventsResponse, AccountEventsResponse } from './account-events.response';
import { ownAccountResponse, OwnAccountResponse } from './account.response';

/** One's own account. */
@ApiTags('accounts')
@ApiBearerAuth()
@Controller('accounts')
export class AccountsController {
  constructor(private readonly events: SecurityLogReader) {}

  @Get('me')
  // The one handler of the module that personal tokens reach.
  @RequireScopes('account:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who is behind the token of this request' })
  @ApiOkResponse({ type: OwnAccountResponse })
  @ApiGuarded()
  me(@CurrentAccount() account: PrincipalAccount): OwnAccountResponse {
    return ownAccountResponse(account);
  }

  @Get('me/events')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List what happened to your account, newest first' })
  @ApiOkResponse({ type: AccountEventsResponse })
  @ApiGuarded()
  async listEvents(
    @CurrentAccount('id') accountId: string,
    @Query(ValidatedQuery) query: PageQuery,
  ): Promise<AccountEventsResponse> {
    return accountEventsResponse(await this.events.ofAccount(accountId, pageOf(query)));
  }
}
