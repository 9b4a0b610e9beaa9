import { Body, Controller, Header, Post, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentPrincipal } from '../../guard/principal.decorators';
import { RequireFreshSignIn } from '../../guard/route-access';
import { PersonalTokens } from '../../tokens/personal-tokens';
import type { Principal } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { EndedTokenInterceptor } from '../http/ended-token.interceptor';
import { ValidatedBody } from '../http/validated-body';
import { newPersonalToken, PersonalTokenRequest } from './personal-tokens.request';
import { personalTokenResponse, PersonalTokenResponse } from './personal-tokens.response';

/** Tokens that people give to programs; they are listed and ended among the sessions. */
@ApiTags('tokens')
@ApiBearerAuth()
@Controller('auth/tokens')
export class PersonalTokensController {
  constructor(private readonly tokens: PersonalTokens) {}

  // A stolen token makes none that outlives it.
  @Post()
  @RequireFreshSignIn()
  @UseInterceptors(EndedTokenInterceptor)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Make a personal token, which is shown in this answer alone' })
  @ApiCreatedResponse({ type: PersonalTokenResponse })
  @ApiGuarded(
    'invalid_scope',
    'insufficient_user_authentication',
    'token_exchange_required',
    'token_limit_reached',
    'payload_too_large',
    'unsupported_media_type',
  )
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body(ValidatedBody) body: PersonalTokenRequest,
    @Client() client: SignInClient,
  ): Promise<PersonalTokenResponse> {
    return personalTokenResponse(await this.tokens.create(principal, newPersonalToken(body), client));
  }
}
