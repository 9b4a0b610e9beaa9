import type { SignInClient } from '../../accounts/sign-in-client';
import type { VerifiedCredential } from '../../verification/verified-credential';

/** Injection token of the {@link SignInHooks}. */
export const SIGN_IN_HOOKS = 'SOCIAL_AUTH_SIGN_IN_HOOKS';

/** What the host does between verification and account. */
export interface SignInHooks {
  /** Runs once a credential is proven and before the database is asked; what it throws refuses the sign-in. */
  onCredentialVerified?(credential: VerifiedCredential, client: SignInClient): Promise<void>;
  /**
   * Runs before an account is made for a provider's token that came as a bearer token, and before the former hook; what it
   * throws refuses the request. For limits on clients: such a request comes by no sign-in route.
   */
  onUnknownBearer?(client: SignInClient): Promise<void>;
}
