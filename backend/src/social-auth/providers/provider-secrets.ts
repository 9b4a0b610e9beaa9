import { ProviderSettingsError, type ProviderEnvironment } from './provider-definition';

const LEAST_LENGTH = 16;
const LEAST_DISTINCT = 8;
/** What a header can carry; the message about any other character would quote the secret. */
const SECRET = /^[\x21-\x7e]+$/;

/** The faults of variables that hold the secret of an application, each with its name, never with its value. */
export function secretFaults(
  variables: Readonly<Record<string, string | undefined>>,
  { production }: ProviderEnvironment,
): string[] {
  return Object.entries(variables).flatMap(([name, value = '']) => {
    if (!SECRET.test(value)) return [`${name}: expected the secret of the application, without white space`];
    const isPlaceholder = value.length < LEAST_LENGTH || new Set(value).size < LEAST_DISTINCT;
    if (!production || !isPlaceholder) return [];
    return [
      `${name}: expected the secret of the application: at least ${LEAST_LENGTH} characters, ${LEAST_DISTINCT} different ones among them`,
    ];
  });
}

/**
 * A secret that a host has passed, checked whatever its types said.
 *
 * @throws ProviderSettingsError
 */
export function checkedSecret(provider: string, secret: unknown): string {
  if (typeof secret === 'string' && SECRET.test(secret)) return secret;
  throw new ProviderSettingsError([`${provider}: expected the secret of the application, without white space`]);
}
