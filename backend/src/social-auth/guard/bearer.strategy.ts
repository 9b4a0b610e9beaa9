import { Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import type { Principal } from '../tokens/principal';
import { TokenLookup } from '../tokens/token-lookup';
import type { HeaderSource } from './authorization-header';
import { DirectBearer } from './direct-bearer';
import { PreparedBearer, type FoundPrincipal } from './prepared-bearer';

/** passport-http-bearer over our tokens: for passport itself, and prepared for the guard, which asks for each request. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'social-auth-bearer') {
  private readonly prepared: PreparedBearer;

  constructor(
    private readonly tokens: TokenLookup,
    @Optional() private readonly direct?: DirectBearer,
  ) {
    super();
    this.prepared = new PreparedBearer((token) => tokens.find(token));
  }

  /** Called by passport-http-bearer with what it found in the header. */
  async validate(token: unknown): Promise<Principal | false> {
    return typeof token === 'string' ? ((await this.tokens.find(token)) ?? false) : false;
  }

  /**
   * Authenticates a token as passport would: on the spot and without a promise where it is known.
   *
   * @returns `undefined` if the token is not valid.
   * @throws DatabaseUnavailableError
   * @throws SocialAuthError whatever refuses a provider's token.
   */
  principalOf(token: string, request: HeaderSource): FoundPrincipal {
    if (this.direct?.takes(token)) return this.direct.principalOf(token, request);
    return this.prepared.judge(token);
  }
}
