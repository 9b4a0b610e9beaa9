import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';
import { isGuid, MicrosoftAuthority } from './microsoft-authority';

/** For whom Microsoft's tokens are accepted, and of whom. */
export interface MicrosoftSettings {
  /** Our application ids, at least one, the web client's first. */
  clientIds: readonly (string | ProviderClient)[];
  /**
   * `https://login.microsoftonline.com/<tenant>/v2.0` with `common`, `organizations`, `consumers` or the id of a tenant.
   * Default: `common`, everybody.
   */
  issuer?: string;
  /** Ids of the tenants whose people may sign in. Default: all those of `issuer`. */
  allowedTenants?: readonly string[];
  /** For how long after its issue an ID token is accepted, in seconds. Default and most: 86,400. */
  maximumAgeSeconds?: number;
}

/** Everybody whom Microsoft knows. */
export const MICROSOFT_ISSUER = 'https://login.microsoftonline.com/common/v2.0';

/** Environment variables of the Microsoft provider. */
export class MicrosoftVariables {
  /**
   * One or several application ids, comma separated, the web client's first; each may be followed by `;platform=…` and
   * `;nonce=…`. Unset: Microsoft is not offered.
   */
  @IsOptional()
  @IsString()
  MICROSOFT_CLIENT_ID?: string;

  /** Whose people sign in, as an address of Microsoft's. */
  @IsOptional()
  @IsString()
  MICROSOFT_ISSUER?: string;

  /** Ids of the tenants whose people may sign in, comma separated. */
  @IsOptional()
  @IsString()
  MICROSOFT_ALLOWED_TENANTS?: string;
}

function faultsOf(issuer: string, tenants: readonly string[], environment: ProviderEnvironment): string[] {
  const faults = addressFaults({ MICROSOFT_ISSUER: issuer }, environment);
  const authority = MicrosoftAuthority.of(issuer);
  if (!authority) {
    faults.push(
      `MICROSOFT_ISSUER: expected ${MICROSOFT_ISSUER}, or organizations, consumers or a tenant id in its place`,
    );
  }
  if (!tenants.every(isGuid))
    faults.push('MICROSOFT_ALLOWED_TENANTS: expected ids of tenants in lower case, comma separated');
  else if (authority && !tenants.every((tenant) => authority.admits(tenant))) {
    faults.push('MICROSOFT_ALLOWED_TENANTS: expected tenants whose people MICROSOFT_ISSUER lets in');
  }
  return faults;
}

/** Settings from the environment; `undefined` where no variable of Microsoft is set. */
export function microsoftSettings(
  variables: MicrosoftVariables,
  environment: ProviderEnvironment,
): MicrosoftSettings | undefined {
  const { MICROSOFT_CLIENT_ID, MICROSOFT_ISSUER: issuer, MICROSOFT_ALLOWED_TENANTS } = variables;
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const { clients, faults } = clientsOfVariable('MICROSOFT_CLIENT_ID', MICROSOFT_CLIENT_ID);
  const allowedTenants = listOf(MICROSOFT_ALLOWED_TENANTS);
  // Commas alone would read as "no list", and let everybody in.
  if (MICROSOFT_ALLOWED_TENANTS !== undefined && allowedTenants.length === 0) {
    faults.push('MICROSOFT_ALLOWED_TENANTS: expected at least one id of a tenant');
  }
  faults.push(...faultsOf(issuer ?? MICROSOFT_ISSUER, allowedTenants, environment));
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return { clientIds: clients, issuer, allowedTenants: allowedTenants.length > 0 ? allowedTenants : undefined };
}
