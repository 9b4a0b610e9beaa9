import type { Principal } from '../tokens/principal';
import type { HeaderSource } from './authorization-header';

/** Takes bearer tokens that a provider issued for this API; where that is not wanted, nothing takes its place. */
export abstract class DirectBearer {
  /** Whether it is for this one to judge the token, which is none of ours by its form; costs next to nothing. */
  abstract takes(token: string): boolean;

  /**
   * The principal of a token that it takes.
   *
   * @throws ProviderTokenRefusedError with the code that an exchange of the token has.
   * @throws SocialAuthError of another kind where an exchange has that: an outage, a limit, an account that is disabled.
   */
  abstract principalOf(token: string, request: HeaderSource): Promise<Principal>;
}
