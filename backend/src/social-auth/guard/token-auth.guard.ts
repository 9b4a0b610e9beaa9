import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock } from '../clock/clock';
import {
  NotRevocableHereError,
  ProviderTokenRefusedError,
  RoleRequiredError,
  SocialAuthError,
} from '../errors/social-auth.error';
import type { Principal } from '../tokens/principal';
import { decideAccess } from './access-decision';
import { presentedToken, type HeaderSource } from './authorization-header';
import { BearerRefusals } from './bearer-refusals';
import { BearerStrategy } from './bearer.strategy';
import { Gathering } from './gathering';
import { GuardRefusals } from './guard-refusals';
import { GUARD_SETTINGS, type GuardSettings } from './guard-settings';
import type { RouteRules } from './route-rules';
import { RouteRulesReader } from './route-rules.reader';

interface GuardedRequest extends HeaderSource {
  user?: Principal;
}

interface HeaderSink {
  header(name: string, value: string): unknown;
}

/**
 * Refuses every request without a valid token, or whose token or account may not reach the handler, on Fastify and on
 * Express, and puts the {@link Principal} on `request.user`. Answers as RFC 6750 and RFC 9470 say; an outage of the
 * database is a 503, never a 401.
 */
@Injectable()
export class TokenAuthGuard implements CanActivate {
  private readonly rules: RouteRulesReader;
  private readonly refusals: BearerRefusals;
  private readonly gathering = new Gathering();

  constructor(
    reflector: Reflector,
    private readonly strategy: BearerStrategy,
    @Inject(GUARD_SETTINGS) private readonly settings: GuardSettings,
    private readonly clock: Clock,
    private readonly counter: GuardRefusals,
  ) {
    this.rules = new RouteRulesReader(reflector);
    this.refusals = new BearerRefusals(settings);
  }

  /** Decides once all requests of this turn of the event loop are read: see {@link Gathering}. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Contexts that it does not know (WebSockets, microservices, GraphQL) are refused.
    if (context.getType() !== 'http') return false;
    await this.gathering.join();
    const rules = this.rules.rulesOf(context);
    if (rules.access === 'public') return true;
    try {
      const request = context.getArgByIndex<GuardedRequest>(0);
      const token = this.tokenOf(request, rules.access);
      if (token === undefined) return this.admit(request, undefined, rules);
      const found = this.strategy.principalOf(token, request);
      // What is known is there at once: to await it would make a promise and a turn of the queue for it.
      const principal = found instanceof Promise ? await found : found;
      return this.admit(request, this.validated(principal, rules.access), rules);
    } catch (error) {
      throw this.refusalOf(error, context);
    }
  }

  /** The token of a request; `undefined`: it needs none. */
  private tokenOf(request: GuardedRequest, access: RouteRules['access']): string | undefined {
    const presented = presentedToken(request, this.settings.schemes);
    switch (presented.kind) {
      case 'present':
        return presented.token;
      case 'malformed':
        throw this.refusals.refused({ error: 'invalid_request' }, presented.detail);
      case 'absent':
        if (access === 'optional') return undefined;
        throw this.refusals.anonymous();
    }
  }

  private validated(principal: Principal | undefined, access: RouteRules['access']): Principal {
    if (principal && (!principal.token.isSuperseded || access === 'rotation')) return principal;
    throw this.refusals.refused({ error: 'invalid_token' });
  }

  private admit(request: GuardedRequest, principal: Principal | undefined, rules: RouteRules): true {
    request.user = principal;
    this.refuseUnlessAllowed(principal, rules);
    return true;
  }

  /** What is answered in place of an error, counted and with its headers sent. */
  private refusalOf(error: unknown, context: ExecutionContext): unknown {
    const refusal = error instanceof ProviderTokenRefusedError ? this.refusals.ofProvider(error) : error;
    if (refusal instanceof SocialAuthError) {
      this.counter.count(refusal.code);
      sendHeaders(context, refusal);
    }
    return refusal;
  }

  private refuseUnlessAllowed(principal: Principal | undefined, rules: RouteRules): void {
    const { freshSignInSeconds } = this.settings;
    const decision = decideAccess(principal, { rules, freshSignInSeconds, clock: this.clock });
    switch (decision.kind) {
      case 'allowed':
        return;
      case 'authentication_required':
        throw this.refusals.anonymous();
      case 'role_required':
        throw new RoleRequiredError();
      case 'token_exchange_required':
        throw this.refusals.exchangeRequired();
      case 'not_revocable_here':
        throw new NotRevocableHereError();
      case 'insufficient_scope':
        throw this.refusals.refused({ error: decision.kind, ...(decision.scope !== '' && { scope: decision.scope }) });
      case 'insufficient_user_authentication':
        throw this.refusals.refused({ error: decision.kind, max_age: decision.maxAge });
    }
  }
}

/** Sent here as well as by the filter, so that they reach the client when a host's own filter comes first. */
function sendHeaders(context: ExecutionContext, error: SocialAuthError): void {
  const response = context.switchToHttp().getResponse<HeaderSink>();
  for (const [name, value] of Object.entries(error.headers)) response.header(name, value);
}
