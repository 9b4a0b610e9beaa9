import type { Type } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';
import { claimMappingOf, MAPPING_EXPECTED, type ClaimMapping } from './oidc-claims';
import { variablePrefix } from './oidc-instance';

/** Where and for whom the tokens of one OpenID Connect issuer are accepted. */
export interface OidcSettings {
  /** Accepted spellings of `iss`, each exactly, at least one; the first is stored, and its discovery document read. */
  issuers: readonly string[];
  /** Our client ids there, at least one, the web client's first. */
  clientIds: readonly (string | ProviderClient)[];
  /** API identifier whose access tokens are accepted if they are JWTs; without it, ID tokens alone are. */
  audience?: string;
  /** Default: what the discovery document of the first issuer names. */
  jwksUri?: string;
  /** Claims that hold the profile. Default: the standard ones. */
  claims?: ClaimMapping;
  /** Whether addresses count as verified of which the issuer does not say whether they are. Default: false. */
  emailVerified?: boolean;
  /** For how long after its issue an ID token is accepted, in seconds. Default and most: 86,400. */
  maximumAgeSeconds?: number;
}

/** The variables of an instance, each behind its prefix. */
const PURPOSES = ['ISSUER', 'CLIENT_ID', 'AUDIENCE', 'JWKS_URI', 'TITLE', 'CLAIMS', 'EMAIL_VERIFIED'] as const;

type Purpose = (typeof PURPOSES)[number];

/** Environment variables of an instance, by their full names. */
export type OidcVariables = Readonly<Record<string, string | undefined>>;

/** The names of the variables of an instance. */
export const oidcVariableNames = (instance: string): string[] =>
  PURPOSES.map((purpose) => `${variablePrefix(instance)}${purpose}`);

const OIDC_VARIABLE = new RegExp(`^OIDC_.+_(${PURPOSES.join('|')})$`);

/** Whether a variable has the look of one of some instance. */
export const isOidcVariable = (name: string): boolean => OIDC_VARIABLE.test(name);

/** The class of the variables of an instance. */
export function oidcVariables(instance: string): Type<OidcVariables> {
  class Variables {}
  for (const name of oidcVariableNames(instance)) {
    IsOptional()(Variables.prototype, name);
    IsString()(Variables.prototype, name);
  }
  return Variables as Type<OidcVariables>;
}

const TITLE = /^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u;

type Values = Readonly<Partial<Record<Purpose, string>>>;

function faultsOf(values: Values, nameOf: (purpose: Purpose) => string, environment: ProviderEnvironment): string[] {
  const { ISSUER, CLIENT_ID, AUDIENCE, JWKS_URI, TITLE: title, CLAIMS, EMAIL_VERIFIED } = values;
  const { clients, faults } = clientsOfVariable(nameOf('CLIENT_ID'), CLIENT_ID);
  const expect = (holds: boolean, purpose: Purpose, expected: string): void => {
    if (!holds) faults.push(`${nameOf(purpose)}: expected ${expected}`);
  };
  const issuers = listOf(ISSUER);
  expect(issuers.length > 0, 'ISSUER', 'the address of an issuer');
  for (const issuer of issuers) faults.push(...addressFaults({ [nameOf('ISSUER')]: issuer }, environment));
  faults.push(...addressFaults({ [nameOf('JWKS_URI')]: JWKS_URI }, environment));
  const ids = clients.map((client) => (typeof client === 'string' ? client : client.id));
  expect(AUDIENCE === undefined || !ids.includes(AUDIENCE), 'AUDIENCE', 'the identifier of an API, not a client id');
  expect(title === undefined || TITLE.test(title), 'TITLE', '1 to 60 characters without control characters');
  expect(CLAIMS === undefined || claimMappingOf(CLAIMS) !== undefined, 'CLAIMS', MAPPING_EXPECTED);
  expect([undefined, 'true', 'false'].includes(EMAIL_VERIFIED), 'EMAIL_VERIFIED', 'true or false');
  return faults;
}

/** What makes settings of the variables of an instance, all of whose faults are named. */
export const oidcSettings =
  (instance: string) =>
  (variables: OidcVariables, environment: ProviderEnvironment): OidcSettings => {
    const nameOf = (purpose: Purpose): string => `${variablePrefix(instance)}${purpose}`;
    const values: Values = Object.fromEntries(PURPOSES.map((purpose) => [purpose, variables[nameOf(purpose)]]));
    const faults = faultsOf(values, nameOf, environment);
    if (faults.length > 0) throw new ProviderSettingsError(faults);
    return {
      issuers: listOf(values.ISSUER),
      clientIds: clientsOfVariable(nameOf('CLIENT_ID'), values.CLIENT_ID).clients,
      audience: values.AUDIENCE,
      jwksUri: values.JWKS_URI,
      claims: values.CLAIMS === undefined ? undefined : claimMappingOf(values.CLAIMS),
      emailVerified: values.EMAIL_VERIFIED === 'true',
    };
  };
