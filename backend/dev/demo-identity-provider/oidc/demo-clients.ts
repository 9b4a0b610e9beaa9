import type { ClientMetadata } from 'oidc-provider';
import { IssuerTwin } from '../twins/issuer-twin';
import { grantTypesOf, LegacyFlow, responseTypesOf } from './legacy-flows';

/** A client that keeps a secret. */
export interface ConfidentialClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The applications that are registered at one issuer. */
export interface DemoClients {
  /** The web client: confidential, code with PKCE. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** The product's telephone app: public, code with PKCE, any loopback port. */
  readonly mobileClientId: string;
  /** The product's app for televisions: device authorization. */
  readonly tvClientId: string;
  /** What Google demands of a television although everybody who has one can read it. Absent: a public client. */
  readonly tvClientSecret?: string;
  /** A program without people: client credentials. Absent where the issuer has no such thing. */
  readonly machine?: ConfidentialClient;
  /** A confidential client for the flows that one should no longer use; registered only where one is switched on. */
  readonly legacy: ConfidentialClient;
  /** Somebody else's application at the same issuer: its tokens are genuine and not for us. */
  readonly foreignClientId: string;
}

/** The grant type of RFC 8628. */
export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const NO_REDIRECTS = { redirect_uris: [], response_types: [] };

function webClient(twin: IssuerTwin, clients: DemoClients, redirectOrigins: string[]): ClientMetadata {
  return {
    client_id: clients.clientId,
    client_secret: clients.clientSecret,
    client_name: 'nest-token-exchange',
    grant_types: [...twin.grantTypes],
    // As itself, as an issuer of OpenID Connect like any other, and in the place of Apple, which lets nobody try it out.
    redirect_uris: redirectOrigins.flatMap((origin) =>
      [twin.name, `oidc-${twin.name}`, 'apple'].map((provider) => `${origin}/api/auth/callback/${provider}`),
    ),
  };
}

function publicClient(clientId: string, name: string, redirectUris: string[]): ClientMetadata {
  return {
    client_id: clientId,
    client_name: name,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    redirect_uris: redirectUris,
  };
}

function tvClient({ tvClientId, tvClientSecret }: DemoClients): ClientMetadata {
  return {
    ...NO_REDIRECTS,
    client_id: tvClientId,
    client_name: 'nest-token-exchange for televisions',
    application_type: 'native',
    grant_types: [DEVICE_CODE_GRANT],
    ...(tvClientSecret === undefined
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_post', client_secret: tvClientSecret }),
  };
}

function machineClient({ clientId, clientSecret }: ConfidentialClient): ClientMetadata {
  return {
    ...NO_REDIRECTS,
    client_id: clientId,
    client_secret: clientSecret,
    client_name: 'The nightly report',
    grant_types: ['client_credentials'],
  };
}

function legacyClient({ clientId, clientSecret }: ConfidentialClient, flows: readonly LegacyFlow[]): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    client_name: 'nest-token-exchange of old',
    // oidc-provider lets tokens through the browser reach a web client on https alone, and this is a laptop.
    application_type: 'native',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: grantTypesOf(flows),
    response_types: responseTypesOf(flows),
    redirect_uris: ['http://127.0.0.1/legacy-callback'],
  };
}

/** The registrations of one issuer, in oidc-provider's words. */
export function clientMetadata(
  twin: IssuerTwin,
  clients: DemoClients,
  redirectOrigins: string[],
  legacyFlows: readonly LegacyFlow[],
): ClientMetadata[] {
  const ours = ['http://127.0.0.1/callback', 'com.example.notes:/callback'];
  return [
    webClient(twin, clients, redirectOrigins),
    publicClient(clients.mobileClientId, 'nest-token-exchange for telephones', ours),
    tvClient(clients),
    ...(clients.machine ? [machineClient(clients.machine)] : []),
    ...(legacyFlows.length > 0 ? [legacyClient(clients.legacy, legacyFlows)] : []),
    publicClient(clients.foreignClientId, 'Somebody else’s application', ['http://127.0.0.1/foreign-callback']),
  ];
}
