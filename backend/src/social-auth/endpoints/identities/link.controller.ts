import { Body, Controller, Header, HttpCode, Param, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignInClient } from '../../accounts/sign-in-client';
import { CurrentPrincipal } from '../../guard/principal.decorators';
import { RequireFreshSignIn } from '../../guard/route-access';
import type { Principal } from '../../tokens/principal';
import { ApiGuarded } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { EndedTokenInterceptor } from '../http/ended-token.interceptor';
import { JsonBodyGuard } from '../http/json-body.guard';
import { ValidatedBody } from '../http/validated-body';
import { PROVIDER_TOKEN_PROBLEMS } from '../sign-in/provider-token-problems';
import { CountsAsSignIn } from '../sign-in/sign-in-route.decorator';
import { SignInRequest } from '../sign-in/sign-in.request';
import { IdentityListResponse } from './identities.response';
import { LinkRequest } from './link.request';
import { LinkService } from './link.service';

/** Adds ways to sign in to one's own account. */
@ApiTags('identities')
@ApiBearerAuth()
@Controller('auth/link')
@RequireFreshSignIn()
@UseGuards(JsonBodyGuard)
@UseInterceptors(EndedTokenInterceptor)
export class LinkController {
  constructor(private readonly links: LinkService) {}

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Link the identity whose sign-in was refused with a link ticket' })
  @ApiOkResponse({ type: IdentityListResponse })
  @ApiGuarded(
    'insufficient_user_authentication',
    'token_exchange_required',
    'link_ticket_invalid',
    'email_not_verified',
    'identity_in_use',
    'payload_too_large',
    'unsupported_media_type',
  )
  redeem(
    @CurrentPrincipal() principal: Principal,
    @Body(ValidatedBody) { ticket }: LinkRequest,
    @Client() client: SignInClient,
  ): Promise<IdentityListResponse> {
    return this.links.redeem(ticket, principal, client);
  }

  @Post(':provider')
  @CountsAsSignIn('json')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Link the identity behind a token of a provider' })
  @ApiBody({ type: SignInRequest })
  @ApiOkResponse({ type: IdentityListResponse })
  @ApiGuarded(
    'insufficient_user_authentication',
    'token_exchange_required',
    ...PROVIDER_TOKEN_PROBLEMS,
    'auth0_audience_missing',
    'sign_in_not_allowed',
    'email_not_verified',
    'not_found',
    'identity_in_use',
    'payload_too_large',
    'unsupported_media_type',
    'too_many_requests',
    'provider_unavailable',
  )
  link(
    @Param('provider') provider: string,
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
    @Client() client: SignInClient,
  ): Promise<IdentityListResponse> {
    return this.links.link(provider, principal, body, client);
  }
}
