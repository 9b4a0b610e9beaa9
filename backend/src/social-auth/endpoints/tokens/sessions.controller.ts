import { Controller, Delete, Get, Header, HttpCode, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../../accounts/accounts.service';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentAccount, CurrentToken } from '../../guard/principal.decorators';
import { RequireIssuedToken } from '../../guard/route-access';
import { TokenList } from '../../tokens/token-list';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { SessionListResponse, sessionListResponse } from './sessions.response';

/** The tokens of an account as its owner sees them. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('auth/sessions')
export class SessionsController {
  constructor(
    private readonly tokens: TokenList,
    private readonly accounts: AccountsService,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List the sessions and personal tokens of your account' })
  @ApiOkResponse({ type: SessionListResponse })
  @ApiGuarded()
  async list(
    @CurrentAccount('id') accountId: string,
    @CurrentToken('id') tokenId: string,
  ): Promise<SessionListResponse> {
    return sessionListResponse(await this.tokens.of(accountId), tokenId);
  }

  @Delete()
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End every session and personal token of your account, this one too' })
  @ApiNoContentResponse()
  @ApiGuarded()
  async endAll(@CurrentAccount('id') accountId: string, @Client() client: SignInClient): Promise<void> {
    await this.accounts.revokeAllTokens(accountId, { client });
  }

  // Before the route with an id, which is none. A provider's token cannot be told from the others of its account.
  @Delete('others')
  @RequireIssuedToken('not_revocable_here')
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End every session and personal token of your account but this one' })
  @ApiNoContentResponse()
  @ApiGuarded('not_revocable_here')
  async endOthers(
    @CurrentAccount('id') accountId: string,
    @CurrentToken('id') tokenId: string,
    @Client() client: SignInClient,
  ): Promise<void> {
    await this.accounts.revokeAllTokens(accountId, { client }, tokenId);
  }

  @Delete(':id')
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'End a session or a personal token of your account' })
  @ApiNoContentResponse()
  @ApiGuarded('not_found')
  async end(
    @CurrentAccount('id') accountId: string,
    @Param('id') id: string,
    @Client() client: SignInClient,
  ): Promise<void> {
    await this.accounts.revokeToken(accountId, id, { client });
  }
}
