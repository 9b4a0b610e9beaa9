import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, PrincipalAccount, PrincipalToken } from '../tokens/principal';

const principalOf = (context: ExecutionContext): Principal | undefined =>
  context.switchToHttp().getRequest<{ user?: Principal }>().user;

/** The account of the request; `undefined` for an anonymous one under `@OptionalAuth()`. */
export const CurrentAccount = createParamDecorator<unknown, PrincipalAccount | undefined>(
  (_data, context) => principalOf(context)?.account,
);

/** The token of the request; `undefined` for an anonymous one under `@OptionalAuth()`. */
export const CurrentToken = createParamDecorator<unknown, PrincipalToken | undefined>(
  (_data, context) => principalOf(context)?.token,
);
