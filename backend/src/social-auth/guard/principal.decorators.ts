import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, PrincipalAccount, PrincipalToken } from '../tokens/principal';

const principalOf = (context: ExecutionContext): Principal | undefined =>
  context.switchToHttp().getRequest<{ user?: Principal }>().user;

/** Whose request it is; `undefined` for an anonymous one under `@OptionalAuth()`. */
export const CurrentPrincipal = createParamDecorator<void>((_data, context) => principalOf(context));

/** The account of the request, or one property of it; `undefined` for an anonymous one under `@OptionalAuth()`. */
export const CurrentAccount = createParamDecorator<keyof PrincipalAccount | undefined>((property, context) => {
  const account = principalOf(context)?.account;
  return property === undefined ? account : account?.[property];
});

/** The token of the request, or one property of it; `undefined` for an anonymous one under `@OptionalAuth()`. */
export const CurrentToken = createParamDecorator<keyof PrincipalToken | undefined>((property, context) => {
  const token = principalOf(context)?.token;
  return property === undefined ? token : token?.[property];
});
