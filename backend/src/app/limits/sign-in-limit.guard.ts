import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ClientResolver, type ClientSource, SIGN_IN_ROUTE, type SignInRouteKind } from '../../social-auth';
import { countsForAddress } from './counted-request';
import { SignInLimits } from './sign-in-limits';

/** Limits how often one address may call the sign-in routes; other routes need a token. */
@Injectable()
export class SignInLimitGuard implements CanActivate {
  private readonly logger = new Logger(SignInLimitGuard.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly clients: ClientResolver,
    private readonly limits: SignInLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const route = this.reflector.getAllAndOverride<SignInRouteKind | undefined>(SIGN_IN_ROUTE, targets);
    if (route === undefined) return true;
    const request = context.switchToHttp().getRequest<ClientSource>();
    // The route itself refuses the others.
    if (!countsForAddress(request, route)) return true;
    const { address, requestId } = this.clients.resolve(request);
    try {
      await this.limits.countAddress(address);
    } catch (error) {
      this.logger.warn({ event: 'sign_in', outcome: 'refused', code: 'too_many_requests', address, requestId });
      throw error;
    }
    return true;
  }
}
