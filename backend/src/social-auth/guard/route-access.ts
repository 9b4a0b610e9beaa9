import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of {@link Public} and {@link OptionalAuth}. */
export const ROUTE_ACCESS = 'social-auth:access';

/** Metadata key of {@link RequireScopes}. */
export const REQUIRED_SCOPES = 'social-auth:scopes';

/** Who may reach a handler; without metadata, whoever has a valid token. */
export type RouteAccess = 'public' | 'optional';

/** Opens a handler or a controller to everybody: no token is looked at, no I/O happens. */
export const Public = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'public' satisfies RouteAccess);

/** Serves requests without a token as anonymous; a token that is sent must be valid. */
export const OptionalAuth = (): CustomDecorator => SetMetadata(ROUTE_ACCESS, 'optional' satisfies RouteAccess);

/**
 * Lets a token that has a list of scopes in, if the list holds all of these; such a token reaches no other handler. The
 * scopes of a handler take the place of its controller's.
 */
export const RequireScopes = (first: string, ...rest: string[]): CustomDecorator =>
  SetMetadata(REQUIRED_SCOPES, [first, ...rest]);
