import { AUTH_SCHEMES } from './guard/authorization-header';
import { TOKEN_PREFIX } from './tokens/token-format';
import type { ProviderDefinition } from './providers/provider-definition';
import { SocialAuthConfigurationError, type SocialAuthOptions } from './social-auth.options';

const MINIMUM_KEY_BYTES = 32;
const MAXIMUM_TTL_SECONDS = 31_536_000;
const MINIMUM_SECRET_LENGTH = 32;
const KEY_ID = /^[A-Za-z0-9._-]{1,32}$/;
const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

function keyFaults({ hmacKeys }: Partial<SocialAuthOptions['tokens']>): string[] {
  if (hmacKeys === undefined) return ['tokens.hmacKeys: expected a list of keys'];
  const ids = hmacKeys.map(({ id }) => id);
  const faults: string[] = [];
  if (ids.length === 0) faults.push('tokens.hmacKeys: expected at least one key');
  if (ids.some((id) => !KEY_ID.test(id))) faults.push('tokens.hmacKeys: expected ids of 1 to 32 of A-Z a-z 0-9 . _ -');
  if (new Set(ids).size < ids.length) faults.push('tokens.hmacKeys: expected every id once');
  if (hmacKeys.some(({ key }) => key.length < MINIMUM_KEY_BYTES)) {
    faults.push(`tokens.hmacKeys: expected keys of at least ${MINIMUM_KEY_BYTES} bytes`);
  }
  return faults;
}

function providerFaults({ providerSettings }: SocialAuthOptions, providers: readonly ProviderDefinition[]): string[] {
  const names = providers.map(({ name }) => name);
  const faults = names
    .filter((name) => !Object.hasOwn(providerSettings, name) || providerSettings[name] === undefined)
    .map((name) => `providerSettings.${name}: expected settings, because the provider is mounted`);
  if (names.length === 0) faults.push('providers: expected at least one provider');
  if (new Set(names).size < names.length) faults.push('providers: expected every name once');
  return faults;
}

/** @throws SocialAuthConfigurationError naming every fault at once. */
export function checkOptions(options: SocialAuthOptions, providers: readonly ProviderDefinition[]): void {
  const { tokens, authSchemes = ['Bearer'], realm = 'api', frontendSharedSecret } = options;
  const { prefix = 'nte', ttlSeconds = 1 } = tokens;
  const faults = [...keyFaults(tokens), ...providerFaults(options, providers)];
  if (!TOKEN_PREFIX.test(prefix)) faults.push(`tokens.prefix: expected ${TOKEN_PREFIX.source}`);
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAXIMUM_TTL_SECONDS)
    faults.push('tokens.ttlSeconds: expected a whole number of seconds, at least 1');
  if (!authSchemes.includes('Bearer') || !authSchemes.every((scheme) => AUTH_SCHEMES.includes(scheme))) {
    faults.push(`authSchemes: expected Bearer, and nothing but ${AUTH_SCHEMES.join(' and ')}`);
  }
  if (!REALM.test(realm)) faults.push('realm: expected 1 to 64 printable characters without quotes and backslashes');
  if (frontendSharedSecret !== undefined && frontendSharedSecret.length < MINIMUM_SECRET_LENGTH) {
    faults.push(`frontendSharedSecret: expected at least ${MINIMUM_SECRET_LENGTH} characters`);
  }
  if (faults.length > 0) throw new SocialAuthConfigurationError(faults);
}
