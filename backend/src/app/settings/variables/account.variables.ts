import { Expects, ExpectsFlag, ExpectsNumber } from './expects.decorator';
import { everyPart } from './value-forms';

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const LINKING = /^[a-z][a-z0-9-]*\s*:\s*(?:separate|refuse|link-verified)$/;
const IDENTITY = /^[a-z][a-z0-9-]*\s*:\s*[\x21-\x2b\x2d-\x7e]{1,255}$/;

/** The environment variables of accounts: who may have one, what links to it, and what is kept of what happens. */
export class AccountVariables {
  @ExpectsFlag()
  SIGN_UP?: string;

  @Expects('domains like example.com, comma separated', areDomains)
  ALLOWED_HOSTED_DOMAINS?: string;

  @Expects('domains like example.com, comma separated', areDomains)
  ALLOWED_EMAIL_DOMAINS?: string;

  @Expects(
    'provider:policy, comma separated, every provider once, the policy separate, refuse or link-verified',
    (value) => everyPart(value, (part) => LINKING.test(part)) && namesOnce(value),
  )
  ACCOUNT_LINKING?: string;

  @ExpectsFlag()
  LINK_SAME_SUBJECT?: string;

  @Expects("provider:subject, comma separated, the subject being the provider's sub", (value) =>
    everyPart(value, (part) => IDENTITY.test(part)),
  )
  ADMIN_IDENTITIES?: string;

  @ExpectsNumber('seconds', 10, 86_400)
  FRESH_SIGN_IN_SECONDS?: string;

  @ExpectsFlag()
  ID_TOKEN_SINGLE_USE?: string;

  @ExpectsNumber('days', 1, 3_650)
  SECURITY_LOG_RETENTION_DAYS?: string;
}

function areDomains(value: string): boolean {
  return everyPart(value, (part) => DOMAIN.test(part));
}

function namesOnce(value: string): boolean {
  const names = value.split(',').map((part) => part.split(':')[0]?.trim());
  return new Set(names).size === names.length;
}
