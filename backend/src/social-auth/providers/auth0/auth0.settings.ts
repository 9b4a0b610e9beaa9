import { IsOptional, IsString } from 'class-validator';
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

function faultsOf(
  { AUTH0_DOMAIN, AUTH0_AUDIENCE, AUTH0_ISSUER, AUTH0_JWKS_URI }: Auth0Variables,
  { clients, faults: clientFaults }: ReturnType<typeof clientsOfVariable>,
  environment: ProviderEnvironment,
): string[] {
  const faults = addressFaults({ AUTH0_JWKS_URI }, environment);
  if (AUTH0_DOMAIN === undefined || !DOMAIN.test(AUTH0_DOMAIN)) {
    faults.push('AUTH0_DOMAIN: expected a host name without scheme or path, for instance example.eu.auth0.com');
  } else if (environment.production && isLoopbackHost(AUTH0_DOMAIN)) {
    faults.push('AUTH0_DOMAIN: expected a host that is not loopback');
  }
  faults.push(...clientFaults);
  if (clients.some((client) => (typeof client === 'string' ? client : client.id) === AUTH0_AUDIENCE)) {
    faults.push('AUTH0_AUDIENCE: expected the identifier of an API, not a client id');
  }
  for (const issuer of listOf(AUTH0_ISSUER)) faults.push(...addressFaults({ AUTH0_ISSUER: issuer }, environment));
  return faults;
}

/** Settings from the environment; `undefined` where no variable of Auth0 is set. */
export function auth0Settings(variables: Auth0Variables, environment: ProviderEnvironment): Auth0Settings | undefined {
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const read = clientsOfVariable('AUTH0_CLIENT_ID', variables.AUTH0_CLIENT_ID);
  const faults = faultsOf(variables, read, environment);
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  const issuers = listOf(variables.AUTH0_ISSUER);
  return {
    domain: variables.AUTH0_DOMAIN ?? '',
    clientIds: read.clients,
    audience: variables.AUTH0_AUDIENCE,
    issuers: issuers.length > 0 ? issuers : undefined,
    jwksUri: variables.AUTH0_JWKS_URI,
    claimsNamespace: variables.AUTH0_CLAIMS_NAMESPACE,
  };
}
