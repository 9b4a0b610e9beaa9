import { Strategy } from 'passport-http-bearer';
import type { Principal } from '../tokens/principal';

/** Whose a token is: known on the spot, or to be looked up. */
export type FoundPrincipal = Principal | undefined | Promise<Principal | undefined>;

/**
 * passport-http-bearer's strategy, prepared once for all requests. Passport makes an object and several functions for
 * each, since a strategy may answer later; this one has its verdict on the spot, if need be that there is one to wait
 * for.
 */
export class PreparedBearer extends Strategy<never> {
  /**
   * A view of the request with the token alone: the strategy would read the query and the body as well. The token stands
   * there as a parameter, for the guard has read the header already, and more strictly than the strategy would.
   */
  private readonly view = { body: { access_token: '' } };
  private verdict: FoundPrincipal;

  constructor(find: (token: string) => FoundPrincipal) {
    super((token, done) => done(null, find(token)));
  }

  /** What the strategy makes of a token; whatever `find` throws. */
  judge(token: string): FoundPrincipal {
    this.view.body.access_token = token;
    try {
      this.authenticate(this.view as never);
      return this.verdict;
    } finally {
      // Nobody's token or name stays here for the next one.
      this.view.body.access_token = '';
      this.verdict = undefined;
    }
  }

  success(found: unknown): void {
    this.verdict = found as FoundPrincipal;
  }

  fail(): void {
    this.verdict = undefined;
  }

  error(error: Error): void {
    throw error;
  }
}
