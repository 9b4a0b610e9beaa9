import type { LinkingPolicy } from './accounts/account-rules';
import { flag, listOf, oneOf, unmet, wholeNumber, type Expectation } from './option-expectations';
import type { ProviderDefinition } from './providers/provider-definition';
import type { SocialAuthOptions } from './social-auth.options';

/** As the DNS has it: names beyond ASCII in their `xn--` form. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
/** As a token's `sub` may be. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;
const POLICIES: readonly LinkingPolicy[] = ['separate', 'refuse', 'link-verified'];

const domains = listOf('domains like example.com', DOMAIN);

function linkingBy(mounted: readonly string[]): Expectation {
  const policy = oneOf(POLICIES);
  return {
    expected: `${policy.expected} for each mounted provider that it names`,
    holds: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([name, chosen]) => mounted.includes(name) && policy.holds(chosen)),
  };
}

function identitiesAt(mounted: readonly string[]): Expectation {
  const isIdentity = ({ provider, subject }: { provider?: unknown; subject?: unknown }): boolean =>
    typeof provider === 'string' && mounted.includes(provider) && typeof subject === 'string' && SUBJECT.test(subject);
  return {
    expected: 'a list of { provider, subject }, each provider mounted',
    holds: (value) => Array.isArray(value) && value.every((each) => isIdentity(each as object)),
  };
}

/** What is wrong with the options of accounts. */
export function accountFaults(options: SocialAuthOptions, providers: readonly ProviderDefinition[]): string[] {
  const mounted = providers.map(({ name }) => name);
  return unmet(options, {
    'accounts.signUp': flag,
    'accounts.allowedHostedDomains': domains,
    'accounts.allowedEmailDomains': domains,
    'accounts.linking': linkingBy(mounted),
    'accounts.linkSameSubject': flag,
    'accounts.adminIdentities': identitiesAt(mounted),
    'accounts.freshSignInSeconds': wholeNumber('seconds', 1, 86_400),
  });
}
