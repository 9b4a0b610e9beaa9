import type { LinkingPolicy } from '../../social-auth';
import type { AccountSettings } from './settings';
import { flagIn, numberIn, partsIn, secondsOfDays } from './variable-values';
import type { AccountVariables } from './variables/account.variables';

/** Who may have an account, and what is kept of what happens, from its variables. */
export function accountSettings(variables: AccountVariables): AccountSettings {
  const { ALLOWED_HOSTED_DOMAINS, ALLOWED_EMAIL_DOMAINS, ACCOUNT_LINKING, ADMIN_IDENTITIES } = variables;
  return {
    accounts: {
      signUp: flagIn(variables.SIGN_UP),
      allowedHostedDomains: partsIn(ALLOWED_HOSTED_DOMAINS),
      allowedEmailDomains: partsIn(ALLOWED_EMAIL_DOMAINS),
      linking: Object.fromEntries(pairsIn(ACCOUNT_LINKING)) as Record<string, LinkingPolicy>,
      linkSameSubject: flagIn(variables.LINK_SAME_SUBJECT),
      adminIdentities: pairsIn(ADMIN_IDENTITIES).map(([provider, subject]) => ({ provider, subject })),
      freshSignInSeconds: numberIn(variables.FRESH_SIGN_IN_SECONDS),
    },
    idTokens: { singleUse: flagIn(variables.ID_TOKEN_SINGLE_USE) },
    securityLog: { retentionSeconds: secondsOfDays(variables.SECURITY_LOG_RETENTION_DAYS) },
  };
}

/** What stands before the first colon of each part, and what stands behind it: a subject may hold more of them. */
function pairsIn(value: string | undefined): [string, string][] {
  return partsIn(value).map((part) => {
    const [name = '', ...rest] = part.split(':');
    return [name.trim(), rest.join(':').trim()];
  });
}
