import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { BearerRefusedError, SocialAuthError } from '../errors/social-auth.error';
import type { Principal } from '../tokens/principal';
import { presentedToken, type HeaderSource } from './authorization-header';
import { BearerStrategy } from './bearer.strategy';
import { challengeOf, type ChallengeParameters } from './challenge';
import { GUARD_SETTINGS, type GuardSettings } from './guard-settings';
import { REQUIRED_SCOPES, ROUTE_ACCESS, type RouteAccess } from './route-access';

interface GuardedRequest extends HeaderSource {
  user?: Principal;
}

/** Where metadata of a route is looked for: its handler, then its class. */
type Targets = Parameters<Reflector['getAllAndOverride']>[1];

interface HeaderSink {
  header(name: string, value: string): unknown;
}

/**
 * Refuses every request without a valid token, on Fastify and on Express, and puts the {@link Principal} on
 * `request.user`. Answers as RFC 6750 says; an outage of the database is a 503, never a 401.
 */
@Injectable()
export class TokenAuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly strategy: BearerStrategy,
    @Inject(GUARD_SETTINGS) private readonly settings: GuardSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Contexts that it does not know (WebSockets, microservices, GraphQL) are refused.
    if (context.getType() !== 'http') return false;
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, targets);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    try {
      request.user = await this.principalOf(request, access === 'optional');
      this.requireScopes(request.user, targets);
    } catch (error) {
      if (error instanceof SocialAuthError) sendHeaders(context, error);
      throw error;
    }
    return true;
  }

  private async principalOf(request: GuardedRequest, optional: boolean): Promise<Principal | undefined> {
    const presented = presentedToken(request, this.settings.schemes);
    if (presented.kind === 'malformed') throw this.refusal('invalid_request', presented.detail);
    if (presented.kind === 'present') {
      const principal = await this.strategy.principalOf(presented.token);
      if (principal) return principal;
      throw this.refusal('invalid_token');
    }
    if (optional) return undefined;
    throw new BearerRefusedError('authentication_required', this.challenge());
  }

  /** A token without a list of scopes reaches everything; one with a list, only handlers that name scopes. */
  private requireScopes(principal: Principal | undefined, targets: Targets): void {
    const granted = principal?.token.scopes;
    if (!granted) return;
    const required = this.reflector.getAllAndOverride<string[] | undefined>(REQUIRED_SCOPES, targets);
    if (required?.length && required.every((scope) => granted.includes(scope))) return;
    throw this.refusal('insufficient_scope', undefined, required?.join(' '));
  }

  private refusal(
    error: NonNullable<ChallengeParameters['error']>,
    detail?: string,
    scope?: string,
  ): BearerRefusedError {
    return new BearerRefusedError(error, this.challenge(scope ? { error, scope } : { error }), detail);
  }

  private challenge(parameters?: ChallengeParameters): string {
    return challengeOf(this.settings.schemes, this.settings.realm, parameters);
  }
}

/** Sent here as well as by the filter, so that they reach the client when a host's own filter comes first. */
function sendHeaders(context: ExecutionContext, error: SocialAuthError): void {
  const response = context.switchToHttp().getResponse<HeaderSink>();
  for (const [name, value] of Object.entries(error.headers)) response.header(name, value);
}
