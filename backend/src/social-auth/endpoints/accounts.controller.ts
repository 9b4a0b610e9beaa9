import { Controller, Get, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAccount } from '../guard/principal.decorators';
import type { PrincipalAccount } from '../tokens/principal';
import { accountResponse, OwnAccountResponse } from './account.response';
import { ApiGuarded } from './api-problems.decorator';

/** One's own account. */
@ApiTags('accounts')
@ApiBearerAuth()
@Controller('accounts')
export class AccountsController {
  @Get('me')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Who is behind the token of this request' })
  @ApiOkResponse({ type: OwnAccountResponse })
  @ApiGuarded()
  me(@CurrentAccount() account: PrincipalAccount): OwnAccountResponse {
    return { ...accountResponse(account), created_at: account.createdAt.toISOString() };
  }
}
