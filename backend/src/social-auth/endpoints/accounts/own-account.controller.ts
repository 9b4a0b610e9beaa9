import { Controller, Delete, Get, Header, HttpCode, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../../accounts/accounts.service';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentAccount, CurrentPrincipal } from '../../guard/principal.decorators';
import { RequireFreshSignIn } from '../../guard/route-access';
import type { Principal } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { EndedTokenInterceptor } from '../http/ended-token.interceptor';
import { accountExportResponse, AccountExportResponse } from './own-account-export.response';

/** What only its owner does with an account, having signed in a moment ago. */
@ApiTags('accounts')
@ApiBearerAuth()
@RequireFreshSignIn()
@Controller('accounts/me')
export class OwnAccountController {
  constructor(private readonly accounts: AccountsService) {}

  @Get('export')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Disposition', 'attachment; filename="account.json"')
  @ApiOperation({ summary: 'Export everything that is kept about your account' })
  @ApiOkResponse({ type: AccountExportResponse })
  @ApiGuarded('insufficient_user_authentication', 'token_exchange_required')
  async export(@CurrentAccount('id') id: string, @Client() client: SignInClient): Promise<AccountExportResponse> {
    return accountExportResponse(await this.accounts.exportAccount(id, { client }));
  }

  @Delete()
  @HttpCode(204)
  @UseInterceptors(EndedTokenInterceptor)
  @ApiOperation({ summary: 'Delete your account with everything that is kept about it' })
  @ApiNoContentResponse()
  @ApiGuarded('insufficient_user_authentication', 'token_exchange_required')
  async delete(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.accounts.deleteOwnAccount(principal);
  }
}
