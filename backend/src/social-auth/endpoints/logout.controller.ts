import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../accounts/accounts.service';
import { CurrentAccount, CurrentToken } from '../guard/principal.decorators';
import type { PrincipalAccount, PrincipalToken } from '../tokens/principal';
import { ApiGuarded } from './api-problems.decorator';

/** Ends tokens, at once. */
@ApiTags('sign-out')
@ApiBearerAuth()
@Controller('auth')
export class LogoutController {
  constructor(private readonly accounts: AccountsService) {}

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the token of this request' })
  @ApiNoContentResponse()
  @ApiGuarded()
  async logout(@CurrentToken() token: PrincipalToken): Promise<void> {
    await this.accounts.revokeToken(token.id);
  }

  @Post('logout-all')
  @HttpCode(204)
  @ApiOperation({ summary: 'End every token of this account' })
  @ApiNoContentResponse()
  @ApiGuarded()
  async logoutAll(@CurrentAccount() account: PrincipalAccount): Promise<void> {
    await this.accounts.revokeAllTokens(account.id);
  }
}
