import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { IssuedTokenRule, RouteAccess, RouteMarks } from './route-rules';

/** Metadata key of {@link Public}, {@link OptionalAuth} and {@link AcceptSupersededToken}. */
export const ROUTE_ACCESS = 'social-auth:access';

/** Metadata key of {@link RequireScopes}. */
export const REQUIRED_SCOPES = 'social-auth:scopes';

/** Metadata key of {@link RequireRoles}. */
export const REQUIRED_ROLES = 'social-auth:roles';

/** Metadata key of {@link RequireFreshSignIn}. */
export const FRESH_SIGN_IN = 'social-auth:fresh-sign-in';

/** Metadata key of {@link RequireIssuedToken}. */
export const ISSUED_TOKEN = 'social-auth:issued-token';

/** Opens a handler or a controller to everybody: no token is looked at, no I/O happens. */
export const Public = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'public' satisfies RouteAccess);

/** Serves requests without a token as anonymous; a token that is sent must be valid. */
export const OptionalAuth = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'optional' satisfies RouteAccess);

/** Lets in, beside valid tokens, those whose rotation was answered but whose answer may have been lost. */
export const AcceptSupersededToken = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'rotation' satisfies RouteAccess);

/**
 * Lets a token that has a list of scopes in, if the list holds all of these; such a token reaches no other handler. The
 * scopes of a handler take the place of its controller's.
 */
export const RequireScopes = (first: string, ...rest: string[]): CustomDecorator =>
  SetMetadata(REQUIRED_SCOPES, [first, ...rest] satisfies RouteMarks['scopes']);

/** Lets in accounts that have all of these roles; those of a handler are asked for beside its controller's. */
export const RequireRoles = (first: string, ...rest: string[]): CustomDecorator =>
  SetMetadata(REQUIRED_ROLES, [first, ...rest] satisfies RouteMarks['roles']);

/**
 * Lets in tokens of a sign-in that is at most so long ago, and in which the provider had asked the person to prove who
 * they are (`auth_time`), or else had issued its token (`iat`), at most so long ago. Personal and rotated tokens are
 * never fresh.
 *
 * @param seconds a whole number, at least 1; `accounts.freshSignInSeconds` of the options by default.
 * @throws RangeError for any other number.
 */
export function RequireFreshSignIn(seconds?: number): CustomDecorator {
  if (seconds !== undefined && !(Number.isSafeInteger(seconds) && seconds >= 1)) {
    throw new RangeError('RequireFreshSignIn: expected a whole number of seconds, at least 1');
  }
  return SetMetadata(FRESH_SIGN_IN, (seconds ?? 'default') satisfies RouteMarks['freshSignIn']);
}

/**
 * Keeps out tokens that a provider issued and the options accept as they are: what the handler does is for a token of
 * ours alone.
 *
 * @param code of the error with which it answers them. Default: 403 `token_exchange_required`.
 */
export const RequireIssuedToken = (code: IssuedTokenRule = 'token_exchange_required'): CustomDecorator =>
  SetMetadata(ISSUED_TOKEN, code);
