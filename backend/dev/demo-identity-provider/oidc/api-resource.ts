import type { Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { IssuerTwin } from '../twins/issuer-twin';
import { errors } from './oidc-library';

/** The scopes of OpenID Connect that every issuer of the demo knows. */
export const OPENID_SCOPES = ['openid', 'email', 'profile'] as const;

/** How access tokens for an API are made, or `undefined` if the issuer has no such API. */
export function apiResource({ api, accessTokenSeconds }: IssuerTwin, audience: string): ResourceServer | undefined {
  if (!api || audience !== api.audience) return undefined;
  return {
    audience,
    scope: [...OPENID_SCOPES, ...api.scopes].join(' '),
    accessTokenTTL: accessTokenSeconds,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'RS256' } },
  };
}

/** Auth0's own parameter, which does what RFC 8707 calls `resource`. */
function requestedAudience({ oidc }: KoaContextWithOIDC): string | undefined {
  const body = oidc.body as { audience?: unknown } | undefined;
  const audience: unknown = oidc.params?.audience ?? body?.audience;
  return typeof audience === 'string' ? audience : undefined;
}

/** Lets the `audience` parameter choose the API for which an access token is made. */
export function resourceIndicators(
  twin: IssuerTwin,
): NonNullable<NonNullable<Configuration['features']>['resourceIndicators']> {
  if (!twin.api) return { enabled: false };
  return {
    enabled: true,
    defaultResource: (ctx, _client, oneOf) => oneOf ?? requestedAudience(ctx) ?? [],
    useGrantedResource: () => true,
    getResourceServerInfo: (_ctx, audience) => {
      const resource = apiResource(twin, audience);
      if (!resource) throw new errors.AccessDenied(`Service not found: ${audience}`);
      return resource;
    },
  };
}
