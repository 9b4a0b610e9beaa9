import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { FRESH_SIGN_IN, ISSUED_TOKEN, REQUIRED_ROLES, REQUIRED_SCOPES, ROUTE_ACCESS } from './route-access';
import { routeRulesOf, type RouteMarks, type RouteRules } from './route-rules';

type Controller = ReturnType<ExecutionContext['getClass']>;
type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Reads the rules of each handler once. */
export class RouteRulesReader {
  /** By controller as well: two may have inherited one handler. */
  private readonly known = new WeakMap<Controller, WeakMap<Handler, RouteRules>>();

  constructor(private readonly reflector: Reflector) {}

  rulesOf(context: ExecutionContext): RouteRules {
    const [controller, handler] = [context.getClass(), context.getHandler()];
    return this.known.get(controller)?.get(handler) ?? this.read(controller, handler);
  }

  private read(controller: Controller, handler: Handler): RouteRules {
    const ofController = this.known.get(controller) ?? new WeakMap<Handler, RouteRules>();
    this.known.set(controller, ofController);
    const rules = routeRulesOf(this.marksOf(handler), this.marksOf(controller));
    ofController.set(handler, rules);
    return rules;
  }

  private marksOf(target: Controller | Handler): RouteMarks {
    return {
      access: this.reflector.get<RouteMarks['access']>(ROUTE_ACCESS, target),
      scopes: this.reflector.get<RouteMarks['scopes']>(REQUIRED_SCOPES, target),
      roles: this.reflector.get<RouteMarks['roles']>(REQUIRED_ROLES, target),
      freshSignIn: this.reflector.get<RouteMarks['freshSignIn']>(FRESH_SIGN_IN, target),
      issuedToken: this.reflector.get<RouteMarks['issuedToken']>(ISSUED_TOKEN, target),
    };
  }
}
