import type { EventClient, NewSecurityEvent } from '../../security-log/security-event';
import type { IdentityEntity } from '../identity.entity';
import type { LinkOccasion } from '../sign-in/sign-in-decision';

/** What the log says of an identity that came to an account. */
export const linkedEvent = (
  { id, accountId, provider }: IdentityEntity,
  how: LinkOccasion,
  client: EventClient,
): NewSecurityEvent => ({ type: 'identity_linked', accountId, provider, client, details: { identity: id, how } });

/** What the log says of an identity that was taken from an account, with the tokens that came from it. */
export const unlinkedEvent = (
  { id, accountId, provider }: IdentityEntity,
  endedTokens: number,
  client: EventClient,
): NewSecurityEvent => ({
  type: 'identity_unlinked',
  accountId,
  provider,
  client,
  details: { identity: id, ended: endedTokens },
});
