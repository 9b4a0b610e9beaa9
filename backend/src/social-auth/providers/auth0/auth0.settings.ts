import { IsIn, IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, isLoopbackHost, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';

/** Where and for whom the tokens of an Auth0 tenant are accepted. */
export interface Auth0Settings {
  /** Tenant or custom domain, for instance `example.eu.auth0.com`; may carry a port. */
  domain: string;
  /** Our client ids (applications), at least one, the web client's first. */
  clientIds: readonly (string | ProviderClient)[];
  /** Programs that get access tokens for themselves (client credentials), none of them among `clientIds`. Default: none. */
  machineClientIds?: readonly string[];
  /** Whether the guard takes access tokens for the API as they are, without an exchange. Default: false. */
  acceptAccessTokens?: boolean;
  /** API identifier whose access tokens are accepted; without it, ID tokens alone are. */
  audience?: string;
  /** Accepted spellings of `iss`, each exactly; the first is stored. Default: `https://<domain>/`. */
  issuers?: readonly string[];
  /** Default: `https://<domain>/.well-known/jwks.json`. */
  jwksUri?: string;
  /** Prefix of the profile claims that an Action adds to access tokens; without it these tokens carry no profile. */
  claimsNamespace?: string;
  /** For how long after its issue an ID token is accepted, in seconds. Default and most: 36,000, Auth0's lifetime. */
  maximumAgeSeconds?: number;
}

/** Environment variables of the Auth0 provider. */
export class Auth0Variables {
  /** Tenant or custom domain; may carry a port. Unset: Auth0 is not offered. */
  @IsOptional()
  @IsString()
  AUTH0_DOMAIN?: string;

  /**
   * One or several client ids, comma separated, the web client's first; each may be followed by `;platform=…` and
   * `;nonce=…`.
   */
  @IsOptional()
  @IsString()
  AUTH0_CLIENT_ID?: string;

  /** Client ids of programs that get access tokens for themselves, comma separated; none of them in AUTH0_CLIENT_ID. */
  @IsOptional()
  @IsString()
  AUTH0_M2M_CLIENT_ID?: string;

  /** Whether requests may carry access tokens for the API as bearer tokens. */
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'expected true or false' })
  ACCEPT_AUTH0_ACCESS_TOKENS?: string;

  /** API identifier of this backend; never equal to a client id. */
  @IsOptional()
  @IsString()
  AUTH0_AUDIENCE?: string;

  /** Accepted issuers, comma separated, each exactly; the first is stored. */
  @IsOptional()
  @IsString()
  AUTH0_ISSUER?: string;

  /** Address of the JWK set. */
  @IsOptional()
  @IsString()
  AUTH0_JWKS_URI?: string;

  /** Prefix of profile claims in access tokens. */
  @IsOptional()
  @IsString()
  AUTH0_CLAIMS_NAMESPACE?: string;
}

const DOMAIN = /^[a-z0-9.-]+(:\d{1,5})?$/i;
const CLIENT_ID = /^[\x21-\x2b\x2d-\x7e]+$/;

/** What does not fit together in settings each of which is good by itself, with the variable that says so. */
export function contradictionsOf({
  clientIds,
  audience,
  machineClientIds = [],
  acceptAccessTokens = false,
}: Auth0Settings): { variable: keyof Auth0Variables; fault: string }[] {
  const people = clientIds.map((client) => (typeof client === 'string' ? client : client.id));
  const faults: { variable: keyof Auth0Variables; fault: string }[] = [];
  const found = (variable: keyof Auth0Variables, fault: string): void => void faults.push({ variable, fault });
  // An ID token and an access token are told apart by their audience alone, and people and machines by their clients.
  if ([...people, ...machineClientIds].some((id) => id === audience)) {
    found('AUTH0_AUDIENCE', 'expected the identifier of an API, not a client id');
  }
  if (audience === undefined && acceptAccessTokens) {
    found('ACCEPT_AUTH0_ACCESS_TOKENS', 'expected AUTH0_AUDIENCE beside it, the API whose access tokens are accepted');
  }
  if (audience === undefined && machineClientIds.length > 0) {
    found('AUTH0_M2M_CLIENT_ID', 'expected AUTH0_AUDIENCE beside it, the API whose access tokens are accepted');
  }
  if (machineClientIds.some((id) => people.includes(id))) {
    found(
      'AUTH0_M2M_CLIENT_ID',
      'expected no client id that is in AUTH0_CLIENT_ID too: a client is of people or a machine',
    );
  }
  if (!machineClientIds.every((id) => CLIENT_ID.test(id)) || new Set(machineClientIds).size < machineClientIds.length) {
    found('AUTH0_M2M_CLIENT_ID', 'expected client ids of printable ASCII characters, comma separated, every one once');
  }
  return faults;
}

function faultsOf(
  { AUTH0_DOMAIN, AUTH0_ISSUER, AUTH0_JWKS_URI }: Auth0Variables,
  clientFaults: readonly string[],
  environment: ProviderEnvironment,
): string[] {
  const faults = addressFaults({ AUTH0_JWKS_URI }, environment);
  if (AUTH0_DOMAIN === undefined || !DOMAIN.test(AUTH0_DOMAIN)) {
    faults.push('AUTH0_DOMAIN: expected a host name without scheme or path, for instance example.eu.auth0.com');
  } else if (environment.production && isLoopbackHost(AUTH0_DOMAIN)) {
    faults.push('AUTH0_DOMAIN: expected a host that is not loopback');
  }
  faults.push(...clientFaults);
  for (const issuer of listOf(AUTH0_ISSUER)) faults.push(...addressFaults({ AUTH0_ISSUER: issuer }, environment));
  return faults;
}

/** Settings from the environment; `undefined` where no variable of Auth0 is set. */
export function auth0Settings(variables: Auth0Variables, environment: ProviderEnvironment): Auth0Settings | undefined {
  const acceptAccessTokens = variables.ACCEPT_AUTH0_ACCESS_TOKENS === 'true';
  const { ACCEPT_AUTH0_ACCESS_TOKENS: _flag, ...others } = variables;
  if (!acceptAccessTokens && Object.values(others).every((value) => value === undefined)) return undefined;
  const read = clientsOfVariable('AUTH0_CLIENT_ID', variables.AUTH0_CLIENT_ID);
  const issuers = listOf(variables.AUTH0_ISSUER);
  const settings: Auth0Settings = {
    domain: variables.AUTH0_DOMAIN ?? '',
    clientIds: read.clients,
    machineClientIds: listOf(variables.AUTH0_M2M_CLIENT_ID),
    acceptAccessTokens,
    audience: variables.AUTH0_AUDIENCE,
    issuers: issuers.length > 0 ? issuers : undefined,
    jwksUri: variables.AUTH0_JWKS_URI,
    claimsNamespace: variables.AUTH0_CLAIMS_NAMESPACE,
  };
  const faults = faultsOf(variables, read.faults, environment);
  faults.push(...contradictionsOf(settings).map(({ variable, fault }) => `${variable}: ${fault}`));
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return settings;
}
