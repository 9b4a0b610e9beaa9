import { applyDecorators, Header, HttpCode, Post, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ErrorCode } from '../errors/error-catalogue';
import { Public } from '../guard/route-access';
import { ApiProblems } from './api-problems.decorator';
import { JsonBodyGuard } from './json-body.guard';
import { SignInRequest } from './sign-in.request';
import { SignInResponse } from './sign-in.response';

/** Metadata key of every sign-in route, so that a host can put its limits on them. */
export const SIGN_IN_ROUTE = 'social-auth:sign-in-route';

/**
 * Everything that the sign-in handlers of all providers have in common.
 *
 * @param title the provider's name as people know it.
 * @param ownCodes errors that this provider alone answers with.
 */
export const SignInRoute = (title: string, ...ownCodes: ErrorCode[]): MethodDecorator =>
  applyDecorators(
    Post(),
    Public(),
    SetMetadata(SIGN_IN_ROUTE, true),
    HttpCode(200),
    Header('Cache-Control', 'no-store'),
    UseGuards(JsonBodyGuard),
    ApiTags('sign-in'),
    ApiOperation({ summary: `Exchange a token of ${title} for a token of this API` }),
    ApiBody({ type: SignInRequest, examples: { id_token: { value: { id_token: 'eyJhbGciOiJSUzI1NiIsImtpZCI6…' } } } }),
    ApiOkResponse({ type: SignInResponse }),
    ApiProblems(
      'invalid_request',
      'provider_token_invalid',
      'provider_token_expired',
      'provider_token_too_old',
      'provider_token_not_yet_valid',
      'provider_token_wrong_audience',
      'provider_token_wrong_issuer',
      'provider_token_wrong_kind',
      ...ownCodes,
      'account_disabled',
      'email_in_use',
      'payload_too_large',
      'unsupported_media_type',
      'too_many_requests',
      'provider_unavailable',
      'database_unavailable',
    ),
  );
