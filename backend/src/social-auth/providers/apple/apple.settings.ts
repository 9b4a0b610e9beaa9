import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';

/** For whom Apple's tokens are accepted, and whose they are. */
export interface AppleSettings {
  /** Our Services ID and the bundle ids of our apps, at least one, the web client's first. */
  clientIds: readonly (string | ProviderClient)[];
  /** Accepted spellings of `iss`, each exactly; the first is stored. Default: Apple's. */
  issuers?: readonly string[];
  /** Default: Apple's JWK set. */
  jwksUri?: string;
  /** For how long after its issue an ID token is accepted, in seconds. Default and most: 86,400, Apple's lifetime. */
  maximumAgeSeconds?: number;
}

/** Apple's own addresses and lifetime. */
export const appleDefaults = {
  issuers: ['https://appleid.apple.com'],
  jwksUri: 'https://appleid.apple.com/auth/keys',
  maximumAgeSeconds: 86_400,
} as const;

/** Environment variables of the Apple provider. */
export class AppleVariables {
  /**
   * Services ID and bundle ids, comma separated, the web client's first; each may be followed by `;platform=…` and
   * `;nonce=…`. Unset: Apple is not offered.
   */
  @IsOptional()
  @IsString()
  APPLE_CLIENT_ID?: string;

  /** Accepted issuers, comma separated, each exactly; the first is stored. */
  @IsOptional()
  @IsString()
  APPLE_ISSUER?: string;

  /** Address of the JWK set. */
  @IsOptional()
  @IsString()
  APPLE_JWKS_URI?: string;
}

/** Settings from the environment; `undefined` where no variable of Apple is set. */
export function appleSettings(variables: AppleVariables, environment: ProviderEnvironment): AppleSettings | undefined {
  const { APPLE_CLIENT_ID, APPLE_ISSUER, APPLE_JWKS_URI } = variables;
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const { clients, faults } = clientsOfVariable('APPLE_CLIENT_ID', APPLE_CLIENT_ID);
  faults.push(...addressFaults({ APPLE_JWKS_URI }, environment));
  const issuers = listOf(APPLE_ISSUER);
  for (const issuer of issuers) faults.push(...addressFaults({ APPLE_ISSUER: issuer }, environment));
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return { clientIds: clients, issuers: issuers.length > 0 ? issuers : undefined, jwksUri: APPLE_JWKS_URI };
}
