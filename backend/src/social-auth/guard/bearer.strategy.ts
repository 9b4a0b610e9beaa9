import { Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import type { Principal } from '../tokens/principal';
import { TokenLookup } from '../tokens/token-lookup';
import type { HeaderSource } from './authorization-header';
import { DirectBearer } from './direct-bearer';

/** One authentication under way: passport gives every request a strategy object of its own. */
interface Attempt {
  success(principal: Principal): void;
  fail(challenge?: string | number, status?: number): void;
  error(error: Error): void;
  authenticate(request: { headers: { authorization: string } }): void;
}

/** passport-http-bearer over our tokens. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'social-auth-bearer') {
  constructor(
    private readonly tokens: TokenLookup,
    @Optional() private readonly direct?: DirectBearer,
  ) {
    super();
  }

  /** Called by passport-http-bearer with what it found in the header. */
  async validate(token: unknown): Promise<Principal | false> {
    return typeof token === 'string' ? ((await this.tokens.find(token)) ?? false) : false;
  }

  /**
   * Authenticates a token as passport would, without what passport allocates around it for redirects and sessions.
   *
   * The strategy sees a view with one header: it would read the query and the body of a request as well.
   *
   * @returns `undefined` if the token is not valid.
   * @throws DatabaseUnavailableError
   * @throws SocialAuthError whatever refuses a provider's token.
   */
  principalOf(token: string, request: HeaderSource): Promise<Principal | undefined> {
    if (this.direct?.takes(token)) return this.direct.principalOf(token, request);
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this) as Attempt;
      attempt.success = resolve;
      attempt.fail = () => resolve(undefined);
      attempt.error = reject;
      attempt.authenticate({ headers: { authorization: `Bearer ${token}` } });
    });
  }
}
