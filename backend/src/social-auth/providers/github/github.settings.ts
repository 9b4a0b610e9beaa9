import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';
import { secretFaults } from '../provider-secrets';

/** Where and for which application GitHub's tokens are accepted. */
export interface GithubSettings {
  /** Client id of our OAuth app or GitHub App. */
  client: string | ProviderClient;
  /** Its secret, with which GitHub is asked whose a token is. */
  clientSecret: string;
  /** Address of the website, without a slash at the end, stored with every identity. Default: `https://github.com`. */
  issuer?: string;
  /** Address of the REST API. Default: `https://api.github.com`; of an enterprise server `<issuer>/api/v3`. */
  apiUri?: string;
  /** For how long after its issue a token is accepted, in seconds. Default and most: 86,400. */
  maximumAgeSeconds?: number;
}

/** GitHub's own addresses, and the longest age: a deleted account is remembered for no longer. */
export const githubDefaults = {
  issuer: 'https://github.com',
  apiUri: 'https://api.github.com',
  maximumAgeSeconds: 86_400,
} as const;

/** Environment variables of the GitHub provider. */
export class GithubVariables {
  /** Client id of our OAuth app or GitHub App; may be followed by `;platform=…`. Unset: GitHub is not offered. */
  @IsOptional()
  @IsString()
  GITHUB_CLIENT_ID?: string;

  /** Secret of the same application. */
  @IsOptional()
  @IsString()
  GITHUB_CLIENT_SECRET?: string;

  /** Address of the website: that of an enterprise server. */
  @IsOptional()
  @IsString()
  GITHUB_ISSUER?: string;

  /** Address of the REST API. */
  @IsOptional()
  @IsString()
  GITHUB_API_URI?: string;
}

/** An address to which paths are appended. */
const withoutSlash = (address: string | undefined): string | undefined => address?.replace(/\/+$/, '');

function clientFaults(variables: GithubVariables): { client: string | ProviderClient; faults: string[] } {
  const { clients, faults } = clientsOfVariable('GITHUB_CLIENT_ID', variables.GITHUB_CLIENT_ID);
  const [client = ''] = clients;
  if (clients.length > 1) faults.push('GITHUB_CLIENT_ID: expected one client id, that of the secret');
  if (typeof client !== 'string' && client.nonce === 'required') {
    faults.push('GITHUB_CLIENT_ID: expected no nonce=required, for the tokens of GitHub have none');
  }
  return { client, faults };
}

/** Settings from the environment; `undefined` where no variable of GitHub is set. */
export function githubSettings(
  variables: GithubVariables,
  environment: ProviderEnvironment,
): GithubSettings | undefined {
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const { GITHUB_CLIENT_SECRET, GITHUB_ISSUER, GITHUB_API_URI } = variables;
  const { client, faults } = clientFaults(variables);
  faults.push(
    ...secretFaults({ GITHUB_CLIENT_SECRET }, environment),
    ...addressFaults({ GITHUB_ISSUER, GITHUB_API_URI }, environment),
  );
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return {
    client,
    clientSecret: GITHUB_CLIENT_SECRET ?? '',
    issuer: withoutSlash(GITHUB_ISSUER),
    apiUri: withoutSlash(GITHUB_API_URI),
  };
}

/** Settings with their defaults. */
export function completeGithubSettings({
  issuer = githubDefaults.issuer,
  apiUri = issuer === githubDefaults.issuer ? githubDefaults.apiUri : `${issuer}/api/v3`,
  maximumAgeSeconds = githubDefaults.maximumAgeSeconds,
  ...own
}: GithubSettings): Required<GithubSettings> {
  const longest = githubDefaults.maximumAgeSeconds;
  return { ...own, issuer, apiUri, maximumAgeSeconds: Math.min(maximumAgeSeconds, longest) };
}
