import type { ClientMetadata } from 'oidc-provider';
import { IssuerTwin } from '../twins/issuer-twin';

/** The applications that are registered at one issuer. */
export interface DemoClients {
  /** The web client: confidential, code with PKCE. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** The product's telephone app: public, code with PKCE, any loopback port. */
  readonly mobileClientId: string;
  /** Somebody else's application at the same issuer: its tokens are genuine and not for us. */
  readonly foreignClientId: string;
}

/** The registrations of one issuer, in oidc-provider's words. */
export function clientMetadata(twin: IssuerTwin, clients: DemoClients, redirectOrigins: string[]): ClientMetadata[] {
  return [
    {
      client_id: clients.clientId,
      client_secret: clients.clientSecret,
      client_name: 'nest-token-exchange',
      grant_types: [...twin.grantTypes],
      // As itself, and as an issuer of OpenID Connect like any other.
      redirect_uris: redirectOrigins.flatMap((origin) =>
        [twin.name, `oidc-${twin.name}`].map((provider) => `${origin}/api/auth/callback/${provider}`),
      ),
    },
    {
      client_id: clients.mobileClientId,
      client_name: 'nest-token-exchange for telephones',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: ['http://127.0.0.1/callback', 'com.example.notes:/callback'],
    },
    {
      client_id: clients.foreignClientId,
      client_name: 'Somebody else’s application',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: ['http://127.0.0.1/foreign-callback'],
    },
  ];
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True if both addresses are loopback and differ in host name and port only. */
export function sameLoopbackPath(asked: string, registered: string): boolean {
  const [left, right] = [URL.parse(asked), URL.parse(registered)];
  if (left?.protocol !== 'http:' || right?.protocol !== 'http:') return false;
  if (!LOOPBACK_HOSTS.has(left.hostname) || !LOOPBACK_HOSTS.has(right.hostname)) return false;
  return left.pathname === right.pathname && left.search === right.search;
}
