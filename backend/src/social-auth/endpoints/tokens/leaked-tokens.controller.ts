import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignInClient } from '../../accounts/sign-in-client';
import { Public } from '../../guard/route-access';
import { LeakedTokens } from '../../tokens/leaked-token';
import { ApiProblems } from '../http/api-problems.decorator';
import { Client } from '../http/client-of-request';
import { JsonBodyGuard } from '../http/json-body.guard';
import { ValidatedBody } from '../http/validated-body';
import { CountsAsSignIn } from '../sign-in/sign-in-route.decorator';
import { LeakedTokenRequest } from './leaked-token.request';

/** Takes reports of tokens that were found where they do not belong. */
@ApiTags('tokens')
@Controller('auth/tokens')
export class LeakedTokensController {
  constructor(private readonly tokens: LeakedTokens) {}

  @Post('leaked')
  @Public()
  @CountsAsSignIn('json')
  @UseGuards(JsonBodyGuard)
  @HttpCode(204)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Report a token that was found in public, which ends it' })
  @ApiNoContentResponse({ description: 'For every well-formed report, whatever the token is.' })
  @ApiProblems(
    'invalid_request',
    'payload_too_large',
    'unsupported_media_type',
    'too_many_requests',
    'database_unavailable',
  )
  report(@Body(ValidatedBody) { token }: LeakedTokenRequest, @Client() client: SignInClient): Promise<void> {
    return this.tokens.report(token, client);
  }
}
