import { IsOptional, IsString } from 'class-validator';
import { listOf } from '../provider-addresses';
import { defineProvider, ProviderSettingsError, type ProviderDefinition } from '../provider-definition';
import { INSTANCE_EXPECTED, isInstanceName, oidcInstance, variablePrefix } from './oidc-instance';
import { oidcSocialAuthController } from './oidc-social-auth.controller';
import {
  isOidcVariable,
  oidcSettings,
  oidcVariableNames,
  oidcVariables,
  type OidcSettings,
  type OidcVariables,
} from './oidc.settings';
import { OidcStrategy } from './oidc.strategy';

/** The environment variable that names the instances. */
export class OidcInstancesVariables {
  /** Names of OpenID Connect issuers, comma separated; each has variables of its own. Unset: none is offered. */
  @IsOptional()
  @IsString()
  OIDC_PROVIDERS?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sign in with an OpenID Connect issuer, `POST /auth/oidc/<instance>`; its settings are those of `oidc-<instance>`.
 *
 * @throws ProviderSettingsError if the instance cannot be called so.
 */
function instance(name: string, title?: string): ProviderDefinition<OidcVariables, OidcSettings> {
  const about = oidcInstance(name, title);
  return defineProvider({
    name: about.name,
    title: about.title,
    controller: oidcSocialAuthController(about),
    variables: oidcVariables(name),
    settings: oidcSettings(name),
    clients: ({ clientIds }) => clientIds,
    createStrategy: (settings, tools) => new OidcStrategy(about.name, settings, tools),
    describe: ({ issuers, audience }) => ({
      issuers,
      audience,
      audienceSetting: `${variablePrefix(name)}AUDIENCE`,
    }),
  });
}

function instanceNames({ OIDC_PROVIDERS }: Environment): string[] {
  const names = listOf(OIDC_PROVIDERS);
  if (!names.every(isInstanceName)) {
    throw new ProviderSettingsError([`OIDC_PROVIDERS: expected names of ${INSTANCE_EXPECTED}`]);
  }
  if (new Set(names).size < names.length) throw new ProviderSettingsError(['OIDC_PROVIDERS: expected every name once']);
  return names;
}

/** Settings of an instance that nobody has named would be silently left unused. */
function refuseStrays(names: readonly string[], environment: Environment): void {
  const known = new Set(names.flatMap(oidcVariableNames));
  const strays = Object.keys(environment).filter(
    (name) => environment[name] !== undefined && isOidcVariable(name) && !known.has(name),
  );
  if (strays.length === 0) return;
  throw new ProviderSettingsError(strays.map((name) => `OIDC_PROVIDERS: expected to name the instance of ${name}`));
}

function definitions(environment: Environment): ProviderDefinition<OidcVariables, OidcSettings>[] {
  const names = instanceNames(environment);
  refuseStrays(names, environment);
  return names.map((name) => instance(name, environment[`${variablePrefix(name)}TITLE`]));
}

/** Sign in with any number of OpenID Connect issuers. */
export const oidc = { title: 'OpenID Connect', variables: OidcInstancesVariables, definitions, instance };
