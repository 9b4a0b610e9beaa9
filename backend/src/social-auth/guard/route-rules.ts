/** Who may reach a handler; `rotation`: also tokens that were rotated. */
export type RouteAccess = 'public' | 'optional' | 'rotation';

/** With which error a handler answers a provider's own token, which it does not take. */
export type IssuedTokenRule = 'token_exchange_required' | 'not_revocable_here';

/** What stands at a handler or at a controller. */
export interface RouteMarks {
  access?: RouteAccess;
  scopes?: readonly string[];
  roles?: readonly string[];
  /** Seconds, or as many as the options say. */
  freshSignIn?: number | 'default';
  issuedToken?: IssuedTokenRule;
}

/** What holds for a handler. */
export interface RouteRules {
  access: RouteAccess | 'guarded';
  /** Empty: tokens with a list of scopes do not reach it. */
  scopes: readonly string[];
  roles: readonly string[];
  freshSignIn: number | 'default' | undefined;
  /** `undefined`: a provider's own token is taken like one of ours, where the options accept such. */
  issuedToken: IssuedTokenRule | undefined;
}

const requires = ({ roles, freshSignIn, issuedToken }: RouteMarks): boolean =>
  roles !== undefined || freshSignIn !== undefined || issuedToken !== undefined;

/** No provider's token shows a fresh sign-in, and another one of its kind would not either. */
function issuedTokenRuleOf(handler: RouteMarks, controller: RouteMarks): IssuedTokenRule | undefined {
  const isFresh = (handler.freshSignIn ?? controller.freshSignIn) !== undefined;
  return handler.issuedToken ?? controller.issuedToken ?? (isFresh ? 'token_exchange_required' : undefined);
}

/** Whoever asks for a role, a fresh sign-in or a token of ours asks for somebody: `@Public()` beside it, or further away, is void. */
function accessOf(handler: RouteMarks, controller: RouteMarks): RouteRules['access'] {
  const access = handler.access ?? controller.access ?? 'guarded';
  if (access !== 'public') return access;
  const isOpen = !requires(handler) && (handler.access === 'public' || !requires(controller));
  return isOpen ? 'public' : 'guarded';
}

/**
 * What the marks of a handler and of its controller come to. A handler's access, scopes and freshness take the place of
 * its controller's; the roles of both are asked for.
 */
export function routeRulesOf(handler: RouteMarks, controller: RouteMarks): RouteRules {
  return {
    access: accessOf(handler, controller),
    scopes: handler.scopes ?? controller.scopes ?? [],
    roles: [...(controller.roles ?? []), ...(handler.roles ?? [])],
    freshSignIn: handler.freshSignIn ?? controller.freshSignIn,
    issuedToken: issuedTokenRuleOf(handler, controller),
  };
}
