import type { SignInClient } from '../../accounts/sign-in-client';
import type { VerifiedCredential } from '../../verification/verified-credential';

/** Injection token of the {@link SignInHooks}. */
export const SIGN_IN_HOOKS = 'SOCIAL_AUTH_SIGN_IN_HOOKS';

/** What the host does between verification and account. */
export interface SignInHooks {
  /** Runs once a credential is proven and before the database is asked; what it throws refuses the sign-in. */
  onCredentialVerified?(credential: VerifiedCredential, client: SignInClient): Promise<void>;
}
