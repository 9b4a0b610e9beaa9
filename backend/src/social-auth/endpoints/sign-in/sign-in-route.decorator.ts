import {
  applyDecorators,
  Header,
  HttpCode,
  Post,
  SetMetadata,
  UseGuards,
  type CustomDecorator,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ErrorCode } from '../../errors/error-catalogue';
import { Public } from '../../guard/route-access';
import { ApiProblems } from '../http/api-problems.decorator';
import { JsonBodyGuard } from '../http/json-body.guard';
import { PROVIDER_TOKEN_PROBLEMS } from './provider-token-problems';
import { SignInRequest } from './sign-in.request';
import { SignInResponse } from './sign-in.response';

/** What a sign-in route takes: JSON alone, or no body at all from whoever is no page in a browser. */
export type SignInRouteKind = 'json' | 'bodiless';

/** Metadata key of every sign-in route, so that a host can put its limits on them; its value is a {@link SignInRouteKind}. */
export const SIGN_IN_ROUTE = 'social-auth:sign-in-route';

/** Marks a handler that a host limits as it limits sign-ins. */
export const CountsAsSignIn = (kind: SignInRouteKind): CustomDecorator => SetMetadata(SIGN_IN_ROUTE, kind);

/** What the sign-in route of one provider says of itself. */
export interface SignInRouteTexts {
  /** The provider's name as people know it. */
  title: string;
  /** The body, where it has more fields than those that every provider takes. */
  request: Type<SignInRequest>;
}

/**
 * Everything that the sign-in handlers of all providers have in common.
 *
 * @param texts the provider's name as people know it, or more.
 * @param ownCodes errors that this provider alone answers with.
 */
export function SignInRoute(texts: string | SignInRouteTexts, ...ownCodes: ErrorCode[]): MethodDecorator {
  const { title, request } = typeof texts === 'string' ? { title: texts, request: SignInRequest } : texts;
  return applyDecorators(
    Post(),
    Public(),
    CountsAsSignIn('json'),
    HttpCode(200),
    Header('Cache-Control', 'no-store'),
    UseGuards(JsonBodyGuard),
    ApiTags('sign-in'),
    ApiOperation({ summary: `Exchange a token of ${title} for a token of this API` }),
    ApiBody({ type: request, examples: { id_token: { value: { id_token: 'eyJhbGciOiJSUzI1NiIsImtpZCI6…' } } } }),
    ApiOkResponse({ type: SignInResponse }),
    ApiProblems(
      'invalid_request',
      ...PROVIDER_TOKEN_PROBLEMS,
      ...ownCodes,
      'account_disabled',
      'sign_up_disabled',
      'sign_in_not_allowed',
      'email_in_use',
      'token_limit_reached',
      'payload_too_large',
      'unsupported_media_type',
      'too_many_requests',
      'provider_unavailable',
      'database_unavailable',
    ),
  );
}
