import type { Type } from '@nestjs/common';
import type { Clock } from '../clock/clock';
import type { KeyStore } from '../verification/key-store';
import type { SocialAuthStrategy } from '../verification/verified-credential';

/** What a strategy is built with. */
export interface StrategyTools {
  clock: Clock;
  /** The store for a key endpoint; the same one for the same address. */
  keyStore(jwksUri: string): KeyStore;
}

/** What the environment is. */
export interface ProviderEnvironment {
  /** Refuses plain http and loopback issuers. */
  production: boolean;
}

/** What one provider contributes: all that differs between providers, in one object. */
export interface ProviderDefinition<Variables extends object = object, Settings extends object = object> {
  /** Route segment (`/auth/<name>`) and the `provider` of its identities. */
  name: string;
  /** As people know it: "Google". */
  title: string;
  /** Where it is mounted; its route is `auth/<name>`. */
  controller: Type;
  /** class-validator class of its environment variables, one property each; values arrive trimmed, empty ones absent. */
  variables: Type<Variables>;
  /**
   * Settings from validated variables, or `undefined` where the provider is not configured.
   *
   * @throws ProviderSettingsError naming every variable that is missing or wrong.
   */
  settings(variables: Variables, environment: ProviderEnvironment): Settings | undefined;
  createStrategy(settings: Settings, tools: StrategyTools): SocialAuthStrategy;
}

/** Variables of a provider are missing or wrong; each fault names its variable and what was expected. */
export class ProviderSettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '));
  }
}

/**
 * The client ids of a provider, checked whatever the host's types said: a text in the place of the list would be searched
 * for a part of itself.
 *
 * @throws ProviderSettingsError
 */
export function checkedClientIds(provider: string, clientIds: unknown): readonly string[] {
  const isList = Array.isArray(clientIds) && clientIds.length > 0;
  if (isList && clientIds.every((id) => typeof id === 'string' && id !== '')) return clientIds as string[];
  throw new ProviderSettingsError([`${provider}: expected a list of at least one client id`]);
}

/** Defines a provider; the compiler refuses one that lacks a part or whose parts do not fit each other. */
export function defineProvider<Variables extends object, Settings extends object>(
  definition: ProviderDefinition<Variables, Settings>,
): ProviderDefinition<Variables, Settings> {
  return definition;
}

/** Injection token of the strategy of the provider of that name. */
export const strategyOf = (name: string): string => `SOCIAL_AUTH_STRATEGY:${name}`;
