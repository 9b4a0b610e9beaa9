import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { AccountsService } from '../../accounts/accounts.service';
import type { EventContext } from '../../security-log/security-event';
import { ValidatedBody } from '../http/validated-body';
import { RolesRequest } from './admin-accounts.request';
import { AccountIdPipe, Administrator, ApiAdministered, ForAdministrators } from './administrator';

/** What administrators do to accounts; each change stands in the account's log, with who made it. */
@ForAdministrators()
@Controller('admin/accounts/:id')
export class AdminChangesController {
  constructor(private readonly accounts: AccountsService) {}

  @Post('disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Disable an account and end its tokens for good' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found')
  async disable(@Param('id') id: string, @Administrator() by: EventContext): Promise<void> {
    await this.accounts.disableAccount(id, by);
  }

  @Post('enable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let an account sign in again' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found')
  async enable(@Param('id') id: string, @Administrator() by: EventContext): Promise<void> {
    await this.accounts.enableAccount(id, by);
  }

  @Post('release-email')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take its address from an account, for whoever holds it now' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found')
  async releaseEmail(@Param('id') id: string, @Administrator() by: EventContext): Promise<void> {
    await this.accounts.releaseEmail(id, by);
  }

  @Put('roles')
  @HttpCode(204)
  @ApiOperation({ summary: 'Replace the roles of an account' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found', 'payload_too_large', 'unsupported_media_type')
  async setRoles(
    @Param('id') id: string,
    @Body(ValidatedBody) { roles }: RolesRequest,
    @Administrator() by: EventContext,
  ): Promise<void> {
    await this.accounts.setRoles(id, roles, by);
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'End every session and personal token of an account' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found')
  async endSessions(@Param('id', AccountIdPipe) id: string, @Administrator() by: EventContext): Promise<void> {
    await this.accounts.revokeAllTokens(id, by);
  }

  @Delete('sessions/:tokenId')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a session or a personal token of an account' })
  @ApiNoContentResponse()
  @ApiAdministered('not_found')
  async endSession(
    @Param('id', AccountIdPipe) id: string,
    @Param('tokenId') tokenId: string,
    @Administrator() by: EventContext,
  ): Promise<void> {
    await this.accounts.revokeToken(id, tokenId, by);
  }
}
