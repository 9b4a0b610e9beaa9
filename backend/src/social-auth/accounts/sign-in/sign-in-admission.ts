import type { VerifiedIdentity } from '../../verification/verified-credential';
import type { AccountRules } from '../account-rules';

/** The lists of who may sign in. */
export type AdmissionRules = Pick<AccountRules, 'allowedHostedDomains' | 'allowedEmailDomains'>;

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/**
 * Whether an identity may sign in here: one of the two lists admits it, or both are empty.
 *
 * What the credential says now counts, not what was kept of an earlier one: whoever has left the organisation would
 * otherwise stay in by posting tokens that say nothing of it.
 */
export function isAdmitted(identity: VerifiedIdentity, rules: AdmissionRules): boolean {
  const { allowedHostedDomains, allowedEmailDomains } = rules;
  if (allowedHostedDomains.length === 0 && allowedEmailDomains.length === 0) return true;
  const { hostedDomain, email, emailVerified, machine } = identity;
  // The operator has listed it by its client id; it belongs to no domain.
  if (machine) return true;
  if (hostedDomain !== undefined && allowedHostedDomains.includes(hostedDomain.toLowerCase())) return true;
  return emailVerified && email !== undefined && allowedEmailDomains.includes(domainOf(email));
}
