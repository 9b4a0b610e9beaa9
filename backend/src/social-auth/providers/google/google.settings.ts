import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';

/** Where and for whom Google's tokens are accepted. */
export interface GoogleSettings {
  /** Our client ids, at least one, the web client's first; Android and iOS clients each have their own. */
  clientIds: readonly (string | ProviderClient)[];
  /** Accepted spellings of `iss`, each exactly; the first is stored. Default: Google's two. */
  issuers?: readonly string[];
  /** Default: Google's JWK set. */
  jwksUri?: string;
  /** Default: Google's. */
  tokeninfoUri?: string;
  /** Default: Google's. */
  userinfoUri?: string;
  /** For how long after its issue an ID token is accepted, in seconds. Default and most: 3,600, Google's lifetime. */
  maximumAgeSeconds?: number;
}

/** Google's own addresses and lifetime. */
export const googleDefaults = {
  issuers: ['https://accounts.google.com', 'accounts.google.com'],
  jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
  tokeninfoUri: 'https://oauth2.googleapis.com/tokeninfo',
  userinfoUri: 'https://openidconnect.googleapis.com/v1/userinfo',
  maximumAgeSeconds: 3_600,
} as const;

/** Environment variables of the Google provider. */
export class GoogleVariables {
  /**
   * One or several client ids, comma separated, the web client's first; each may be followed by `;platform=…` and
   * `;nonce=…`. Unset: Google is not offered.
   */
  @IsOptional()
  @IsString()
  GOOGLE_CLIENT_ID?: string;

  /** Accepted issuers, comma separated, each exactly; the first is stored. */
  @IsOptional()
  @IsString()
  GOOGLE_ISSUER?: string;

  /** Address of the JWK set. */
  @IsOptional()
  @IsString()
  GOOGLE_JWKS_URI?: string;

  /** Address that tells for whom an access token was issued. */
  @IsOptional()
  @IsString()
  GOOGLE_TOKENINFO_URI?: string;

  /** Address of the profile behind an access token. */
  @IsOptional()
  @IsString()
  GOOGLE_USERINFO_URI?: string;
}

/** Settings from the environment; `undefined` where no variable of Google is set. */
export function googleSettings(
  variables: GoogleVariables,
  environment: ProviderEnvironment,
): GoogleSettings | undefined {
  const { GOOGLE_CLIENT_ID, GOOGLE_ISSUER, GOOGLE_JWKS_URI, GOOGLE_TOKENINFO_URI, GOOGLE_USERINFO_URI } = variables;
  const issuers = listOf(GOOGLE_ISSUER);
  const addresses = { GOOGLE_JWKS_URI, GOOGLE_TOKENINFO_URI, GOOGLE_USERINFO_URI };
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const { clients, faults: clientFaults } = clientsOfVariable('GOOGLE_CLIENT_ID', GOOGLE_CLIENT_ID);
  const faults = [...clientFaults, ...addressFaults(addresses, environment)];
  // One of Google's two spellings has no scheme; every other issuer is an address.
  for (const issuer of issuers.filter((entry) => entry !== 'accounts.google.com')) {
    faults.push(...addressFaults({ GOOGLE_ISSUER: issuer }, environment));
  }
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return {
    clientIds: clients,
    issuers: issuers.length > 0 ? issuers : undefined,
    jwksUri: GOOGLE_JWKS_URI,
    tokeninfoUri: GOOGLE_TOKENINFO_URI,
    userinfoUri: GOOGLE_USERINFO_URI,
  };
}
