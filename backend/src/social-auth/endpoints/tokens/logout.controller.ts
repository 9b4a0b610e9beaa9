import { Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../../accounts/accounts.service';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentAccount, CurrentToken } from '../../guard/principal.decorators';
import { RequireIssuedToken } from '../../guard/route-access';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';

/** Ends tokens, at once. */
@ApiTags('sign-out')
@ApiBearerAuth()
@Controller('auth')
export class LogoutController {
  constructor(private readonly accounts: AccountsService) {}

  @Post('logout')
  @RequireIssuedToken('not_revocable_here')
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End the token of this request' })
  @ApiNoContentResponse()
  @ApiGuarded('not_revocable_here')
  async logout(
    @CurrentAccount('id') accountId: string,
    @CurrentToken('id') tokenId: string,
    @Client() client: SignInClient,
  ): Promise<void> {
    await this.accounts.revokeToken(accountId, tokenId, { client });
  }

  @Post('logout-all')
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End every token of this account' })
  @ApiNoContentResponse()
  @ApiGuarded()
  async logoutAll(@CurrentAccount('id') accountId: string, @Client() client: SignInClient): Promise<void> {
    await this.accounts.revokeAllTokens(accountId, { client });
  }
}
