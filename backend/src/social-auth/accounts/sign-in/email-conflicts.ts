import { Inject, Injectable } from '@nestjs/common';
import { EmailInUseError } from '../../errors/social-auth.error';
import type { VerifiedCredential } from '../../verification/verified-credential';
import { ACCOUNT_POLICY, type AccountPolicy } from '../account-policy';
import { LinkTickets } from '../linking/link-tickets';
import type { EmailConflict } from './sign-in-decision';

/** A sign-in came to a conflict: its transaction is rolled back, and the refusal is made outside it. */
export class AddressHeldError extends Error {
  constructor(readonly conflict: EmailConflict) {
    super('another account has proven to own the e-mail address');
  }
}

/** Says what to do about an address that another account has proven to own. */
@Injectable()
export class EmailConflicts {
  constructor(
    private readonly tickets: LinkTickets,
    @Inject(ACCOUNT_POLICY) private readonly policy: AccountPolicy,
  ) {}

  /** The refusal; across providers with a link ticket, where the proof is fresh and the account can be signed in to. */
  async refusalOf(
    { accountId, disabled, ownerProvider, sameProvider }: EmailConflict,
    credential: VerifiedCredential,
  ): Promise<EmailInUseError> {
    const title = this.policy.titleOf(ownerProvider);
    if (sameProvider) {
      return new EmailInUseError(
        `Another ${title} account has used this e-mail address here before. Sign in with that one, or ask the operator of this service to release the address.`,
      );
    }
    const issued = disabled ? undefined : await this.tickets.issue(credential, accountId);
    const detail = `Sign in with ${title}: this e-mail address belongs to an account that was made that way.`;
    return new EmailInUseError(
      detail,
      issued && { link_ticket: issued.ticket, link_ticket_expires_in: issued.expiresIn },
    );
  }
}
