import { Controller, Delete, Get, Header, HttpCode, Param, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '../../accounts/accounts.service';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentAccount, CurrentPrincipal } from '../../guard/principal.decorators';
import { RequireFreshSignIn } from '../../guard/route-access';
import type { Principal } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { EndedTokenInterceptor } from '../http/ended-token.interceptor';
import { IdentityListResponse } from './identities.response';
import { IdentitiesService } from './identities.service';

/** The ways to sign in to one's own account. */
@ApiTags('identities')
@ApiBearerAuth()
@Controller('accounts/me/identities')
export class IdentitiesController {
  constructor(
    private readonly identities: IdentitiesService,
    private readonly accounts: AccountsService,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List the ways to sign in to your account' })
  @ApiOkResponse({ type: IdentityListResponse })
  @ApiGuarded()
  list(@CurrentAccount('id') accountId: string): Promise<IdentityListResponse> {
    return this.identities.of(accountId);
  }

  @Delete(':id')
  @RequireFreshSignIn()
  @UseInterceptors(EndedTokenInterceptor)
  @HttpCode(204)
  @ApiOperation({ summary: 'Unlink a way to sign in, and end the tokens that came from it' })
  @ApiNoContentResponse()
  @ApiGuarded('insufficient_user_authentication', 'token_exchange_required', 'not_found', 'last_identity')
  async unlink(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Client() client: SignInClient,
  ): Promise<void> {
    await this.accounts.unlinkIdentity(principal, id, client);
  }
}
