/** Who may reach a handler; `rotation`: also tokens that were rotated. */
export type RouteAccess = 'public' | 'optional' | 'rotation';

/** What stands at a handler or at a controller. */
export interface RouteMarks {
  access?: RouteAccess;
  scopes?: readonly string[];
  roles?: readonly string[];
  /** Seconds, or as many as the options say. */
  freshSignIn?: number | 'default';
}

/** What holds for a handler. */
export interface RouteRules {
  access: RouteAccess | 'guarded';
  /** Empty: tokens with a list of scopes do not reach it. */
  scopes: readonly string[];
  roles: readonly string[];
  freshSignIn: number | 'default' | undefined;
}

const requires = ({ roles, freshSignIn }: RouteMarks): boolean => roles !== undefined || freshSignIn !== undefined;

/** Whoever asks for a role or a fresh sign-in asks for somebody: `@Public()` beside it, or further away, is void. */
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
  };
}
