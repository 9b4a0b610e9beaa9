import { accountFaults } from './account-options-check';
import { AUTH_SCHEMES } from './guard/authorization-header';
import { flag, unmet, wholeNumber, withMethods } from './option-expectations';
import type { ProviderDefinition } from './providers/provider-definition';
import { SocialAuthConfigurationError, type SocialAuthOptions } from './social-auth.options';
import { tokenFaults } from './token-options-check';

const MINIMUM_SECRET_LENGTH = 32;
const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,64}$/;
const DAY_SECONDS = 86_400;

function providerFaults({ providerSettings }: SocialAuthOptions, providers: readonly ProviderDefinition[]): string[] {
  const names = providers.map(({ name }) => name);
  const faults = names
    .filter((name) => !Object.hasOwn(providerSettings, name) || providerSettings[name] === undefined)
    .map((name) => `providerSettings.${name}: expected settings, because the provider is mounted`);
  if (names.length === 0) faults.push('providers: expected at least one provider');
  if (new Set(names).size < names.length) faults.push('providers: expected every name once');
  return faults;
}

function httpFaults({ authSchemes = ['Bearer'], realm = 'api', frontendSharedSecret }: SocialAuthOptions): string[] {
  const faults: string[] = [];
  if (!authSchemes.includes('Bearer') || !authSchemes.every((scheme) => AUTH_SCHEMES.includes(scheme))) {
    faults.push(`authSchemes: expected Bearer, and nothing but ${AUTH_SCHEMES.join(' and ')}`);
  }
  if (!REALM.test(realm)) faults.push('realm: expected 1 to 64 printable characters without quotes and backslashes');
  if (frontendSharedSecret !== undefined && frontendSharedSecret.length < MINIMUM_SECRET_LENGTH) {
    faults.push(`frontendSharedSecret: expected at least ${MINIMUM_SECRET_LENGTH} characters`);
  }
  return faults;
}

const otherFaults = (options: SocialAuthOptions): string[] =>
  unmet(options, {
    'idTokens.singleUse': flag,
    'idTokens.challengeSeconds': wholeNumber('seconds', 1, DAY_SECONDS),
    'securityLog.retentionSeconds': wholeNumber('seconds', 1, 3_650 * DAY_SECONDS),
    'revocation.boundMs': wholeNumber('milliseconds', 200, 60_000),
    'revocation.bus': withMethods('start', 'publish', 'stop'),
    preparedStatements: flag,
    explainRefusals: flag,
    backgroundJobs: flag,
  });

/** @throws SocialAuthConfigurationError naming every fault at once. */
export function checkOptions(options: SocialAuthOptions, providers: readonly ProviderDefinition[]): void {
  const faults = [
    ...tokenFaults(options),
    ...accountFaults(options, providers),
    ...providerFaults(options, providers),
    ...httpFaults(options),
    ...otherFaults(options),
  ];
  if (faults.length > 0) throw new SocialAuthConfigurationError(faults);
}
