import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import type { Clock } from '../clock/clock';
import type { ProviderDescription } from '../errors/refusal-explanation';
import type { ProviderClient } from '../replay/provider-client';
import type { BearerForm } from '../verification/bearer-form';
import type { KeySource } from '../verification/key-source';
import type { KeyStore } from '../verification/key-store';
import type { SocialAuthStrategy } from '../verification/verified-credential';

/** What a strategy is built with. */
export interface StrategyTools {
  clock: Clock;
  /** The store for a key endpoint, or for whatever the issuer's discovery document names; the same one for the same source. */
  keyStore(source: KeySource): KeyStore;
}

/** What the environment is. */
export interface ProviderEnvironment {
  /** Refuses plain http and loopback issuers. */
  production: boolean;
}

/** How a provider names the people of another one, whom it passes on. */
export interface SamePerson {
  /** Name of the other provider's definition. */
  provider: string;
  /** The other provider's subject behind one of this provider's; `undefined`: it is somebody else's or nobody's. */
  toOther(subject: string): string | undefined;
  /** This provider's subject for one of the other's. */
  toOwn(subject: string): string | undefined;
}

/** What one provider contributes: all that differs between providers, in one object. */
export interface ProviderDefinition<Variables extends object = object, Settings extends object = object> {
  /** The `provider` of its identities: small letters, digits and hyphens. */
  name: string;
  /** As people know it: "Google". */
  title: string;
  /** Where it is mounted; its route is `auth/<name>`, or that of an instance `auth/<family>/<instance>`. */
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
  /** Our client ids there, the web client's first. Default: none is known, and nonces are checked `if-present`. */
  clients?(settings: Settings): readonly (string | ProviderClient)[];
  /** What is accepted, in words for whoever looks for a fault. Default: hints and checks do without. */
  describe?(settings: Settings): ProviderDescription;
  /**
   * What is known of its access tokens as bearer tokens, where these settings want the guard to take them as they are.
   * Default: it never does.
   */
  bearer?(settings: Settings): BearerForm | undefined;
  /** Whose people it knows too, under subjects of their own; heeded where the operator wants `linkSameSubject`. */
  samePersonAs?: SamePerson;
}

/** What a folder contributes that serves any number of providers: a definition for each instance. */
export interface ProviderFamily {
  /** As operators know it: "OpenID Connect". */
  title: string;
  /** class-validator class of the environment variables that name the instances. */
  variables: Type<object>;
  /**
   * A definition for each instance that the environment names; values arrive trimmed, empty ones absent.
   *
   * @throws ProviderSettingsError naming every variable that is missing or wrong.
   */
  definitions(environment: Readonly<Record<string, string | undefined>>): readonly ProviderDefinition[];
}

/** What one folder contributes: a provider, or a family of them. */
export type ProviderSource = ProviderDefinition | ProviderFamily;

/** Variables of a provider are missing or wrong; each fault names its variable and what was expected. */
export class ProviderSettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '));
  }
}

/** Defines a provider; the compiler refuses one that lacks a part or whose parts do not fit each other. */
export function defineProvider<Variables extends object, Settings extends object>(
  definition: ProviderDefinition<Variables, Settings>,
): ProviderDefinition<Variables, Settings> {
  return definition;
}

/** Injection token of the strategy of the provider of that name. */
export const strategyOf = (name: string): string => `SOCIAL_AUTH_STRATEGY:${name}`;

/** The route on which a provider takes tokens: that of its controller, without a slash before it. */
export const routeOf = ({ controller }: Pick<ProviderDefinition, 'controller'>): string =>
  String(Reflect.getMetadata(PATH_METADATA, controller));
