import { Inject, Injectable } from '@nestjs/common';
import type { SignInClient } from '../accounts/sign-in-client';
import { FirstSight, type IdentifiedAccount } from '../accounts/sign-in/first-sight';
import { SIGN_IN_HOOKS, type SignInHooks } from '../endpoints/sign-in/sign-in-hooks';
import { AccountDisabledError, ProviderTokenRefusedError } from '../errors/social-auth.error';
import type { PrincipalAccount } from '../tokens/principal';
import type { VerifiedCredential } from '../verification/verified-credential';

/** Decides whose account a verified access token speaks for, and makes it where it is the first one of its person. */
@Injectable()
export class DirectAccounts {
  constructor(
    private readonly accounts: FirstSight,
    @Inject(SIGN_IN_HOOKS) private readonly hooks: SignInHooks,
  ) {}

  /**
   * The account of a credential, as it is now; `undefined`: there is none that would do.
   *
   * @throws AccountDisabledError
   * @throws ProviderTokenRefusedError if all that was issued so far was ended.
   * @throws SignInForbiddenError `sign_in_not_allowed`
   * @throws DatabaseUnavailableError
   */
  async find(credential: VerifiedCredential): Promise<PrincipalAccount | undefined> {
    this.accounts.requireAdmission(credential);
    const found = await this.accounts.find(credential.identity);
    if (!found || isOfBefore(found, credential)) return undefined;
    if (found.disabled) throw new AccountDisabledError();
    if (isEnded(found, credential)) {
      throw new ProviderTokenRefusedError(
        'provider_token_too_old',
        'issued before all tokens of the account were ended',
      );
    }
    return found.account;
  }

  /**
   * Makes the account, within the limits of the host, which counts it as a sign-in.
   *
   * @throws TooManyRequestsError whatever the host throws where there were too many.
   * @throws SocialAuthError whatever a first sign-in is refused for, but for its address.
   */
  async make(credential: VerifiedCredential, client: SignInClient): Promise<void> {
    await this.hooks.onUnknownBearer?.(client);
    await this.hooks.onCredentialVerified?.(credential, client);
    await this.accounts.enter(credential, client);
  }
}

/** An account from before machines were told apart: a sign-in makes it one of theirs. */
const isOfBefore = ({ account }: IdentifiedAccount, { identity }: VerifiedCredential): boolean =>
  identity.machine === true && account.kind === 'person';

/** Providers tell whole seconds: what was issued later within the second is taken to be of before. */
const isEnded = ({ notBefore }: IdentifiedAccount, { issuedAt }: VerifiedCredential): boolean =>
  notBefore !== null && issuedAt.getTime() <= notBefore.getTime();
