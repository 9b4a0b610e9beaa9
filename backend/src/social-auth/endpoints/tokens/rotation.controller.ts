import { Controller, Header, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentPrincipal } from '../../guard/principal.decorators';
import { AcceptSupersededToken, RequireIssuedToken } from '../../guard/route-access';
import type { Principal } from '../../tokens/principal';
import { TokenRotation } from '../../tokens/token-rotation';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { EndedTokenInterceptor } from '../http/ended-token.interceptor';
import { issuedTokenResponse, IssuedTokenResponse } from './issued-token.response';

/** Gives tokens successors. */
@ApiTags('tokens')
@ApiBearerAuth()
@Controller('auth/token')
export class RotationController {
  constructor(private readonly rotation: TokenRotation) {}

  @Post('rotate')
  @AcceptSupersededToken()
  @RequireIssuedToken()
  @UseInterceptors(EndedTokenInterceptor)
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Exchange the token of this request for a successor with the same end' })
  @ApiOkResponse({ type: IssuedTokenResponse })
  @ApiGuarded('token_exchange_required', 'token_already_rotated', 'token_limit_reached')
  async rotate(@CurrentPrincipal() principal: Principal, @Client() client: SignInClient): Promise<IssuedTokenResponse> {
    return issuedTokenResponse(await this.rotation.rotate(principal, client));
  }
}
