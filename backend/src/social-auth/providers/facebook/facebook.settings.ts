import { IsOptional, IsString } from 'class-validator';
import type { ProviderClient } from '../../replay/provider-client';
import { addressFaults, listOf } from '../provider-addresses';
import { clientsOfVariable } from '../provider-clients';
import { ProviderSettingsError, type ProviderEnvironment } from '../provider-definition';
import { secretFaults } from '../provider-secrets';

/** Where and for which app Facebook's tokens are accepted. */
export interface FacebookSettings {
  /** Our app id, one for all platforms. A nonce of its ID tokens is checked `if-present`, unless it says otherwise. */
  app: string | ProviderClient;
  /** Its secret, with which Facebook is asked whose an access token is. */
  appSecret: string;
  /** Accepted spellings of `iss`, each exactly; the first is stored. Default: `https://www.facebook.com`. */
  issuers?: readonly string[];
  /** Default: the JWK set of Limited Login. */
  jwksUri?: string;
  /** Address of the Graph API, with a version or without. Default: `https://graph.facebook.com`. */
  graphUri?: string;
  /** For how long after its issue an access token is accepted, in seconds. Default and most: 86,400. */
  maximumAgeSeconds?: number;
}

/** Facebook's own addresses, and the longest age: a deleted account is remembered for no longer. */
export const facebookDefaults = {
  issuers: ['https://www.facebook.com'],
  jwksUri: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
  graphUri: 'https://graph.facebook.com',
  maximumAgeSeconds: 86_400,
} as const;

/** Environment variables of the Facebook provider. */
export class FacebookVariables {
  /** Our app id; may be followed by `;platform=…` and `;nonce=…`. Unset: Facebook is not offered. */
  @IsOptional()
  @IsString()
  FACEBOOK_APP_ID?: string;

  /** Secret of the same app. */
  @IsOptional()
  @IsString()
  FACEBOOK_APP_SECRET?: string;

  /** Accepted issuers, comma separated, each exactly; the first is stored. */
  @IsOptional()
  @IsString()
  FACEBOOK_ISSUER?: string;

  /** Address of the JWK set of Limited Login. */
  @IsOptional()
  @IsString()
  FACEBOOK_JWKS_URI?: string;

  /** Address of the Graph API. */
  @IsOptional()
  @IsString()
  FACEBOOK_GRAPH_URI?: string;
}

/** Settings from the environment; `undefined` where no variable of Facebook is set. */
export function facebookSettings(
  variables: FacebookVariables,
  environment: ProviderEnvironment,
): FacebookSettings | undefined {
  if (Object.values(variables).every((value) => value === undefined)) return undefined;
  const { FACEBOOK_APP_ID, FACEBOOK_APP_SECRET, FACEBOOK_ISSUER, FACEBOOK_JWKS_URI, FACEBOOK_GRAPH_URI } = variables;
  const { clients, faults } = clientsOfVariable('FACEBOOK_APP_ID', FACEBOOK_APP_ID);
  const [app = ''] = clients;
  if (clients.length > 1) faults.push('FACEBOOK_APP_ID: expected one app id, that of the secret');
  faults.push(
    ...secretFaults({ FACEBOOK_APP_SECRET }, environment),
    ...addressFaults({ FACEBOOK_JWKS_URI, FACEBOOK_GRAPH_URI }, environment),
  );
  const issuers = listOf(FACEBOOK_ISSUER);
  for (const issuer of issuers) faults.push(...addressFaults({ FACEBOOK_ISSUER: issuer }, environment));
  if (faults.length > 0) throw new ProviderSettingsError(faults);
  return {
    app,
    appSecret: FACEBOOK_APP_SECRET ?? '',
    issuers: issuers.length > 0 ? issuers : undefined,
    jwksUri: FACEBOOK_JWKS_URI,
    graphUri: FACEBOOK_GRAPH_URI?.replace(/\/+$/, ''),
  };
}

/** Our app as a client: its nonces are looked at by default, for its ID tokens come from phones alone. */
export function facebookClient({ app }: Pick<FacebookSettings, 'app'>): ProviderClient {
  const client: ProviderClient = typeof app === 'object' ? app : { id: app };
  return { ...client, nonce: client.nonce ?? 'if-present' };
}

/** Settings with their defaults. */
export function completeFacebookSettings({
  issuers,
  jwksUri = facebookDefaults.jwksUri,
  graphUri = facebookDefaults.graphUri,
  maximumAgeSeconds = facebookDefaults.maximumAgeSeconds,
  ...own
}: FacebookSettings): Required<FacebookSettings> {
  const longest = facebookDefaults.maximumAgeSeconds;
  return {
    ...own,
    issuers: issuers?.length ? issuers : facebookDefaults.issuers,
    jwksUri,
    graphUri,
    maximumAgeSeconds: Math.min(maximumAgeSeconds, longest),
  };
}
