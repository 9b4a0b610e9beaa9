import { ProviderSettingsError } from '../provider-definition';

/** One OpenID Connect issuer among those that are configured. */
export interface OidcInstance {
  /** As operators call it, in addresses and variables: `keycloak`. */
  instance: string;
  /** Name of its definition, and the `provider` of its identities. */
  name: string;
  /** As people know it. */
  title: string;
}

const INSTANCE = /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What an instance may be called, for the sentence "expected …". */
export const INSTANCE_EXPECTED = 'small letters, digits and single hyphens, a letter first, at most 32 characters';

/** Whether an instance may be called so: in an address, a cookie and, in capitals, a variable. */
export const isInstanceName = (value: string): boolean => INSTANCE.test(value);

/** What stands before each variable of an instance. No name has an underscore, so that no two share a variable. */
export const variablePrefix = (instance: string): string => `OIDC_${instance.toUpperCase().replaceAll('-', '_')}_`;

/**
 * An instance by its name.
 *
 * @param title default: its name, the first letter as a capital.
 * @throws ProviderSettingsError if it cannot be called so.
 */
export function oidcInstance(instance: string, title?: string): OidcInstance {
  if (!isInstanceName(instance)) throw new ProviderSettingsError([`oidc: expected ${INSTANCE_EXPECTED}`]);
  const capitalised = `${instance.slice(0, 1).toUpperCase()}${instance.slice(1)}`;
  return { instance, name: `oidc-${instance}`, title: title ?? capitalised };
}
