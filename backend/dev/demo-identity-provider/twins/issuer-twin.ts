import { LegacyFlow } from '../oidc/legacy-flows';
import { DemoPerson } from '../people/demo-person';

/** The issuers that the demo imitates. */
export type TwinName = 'google' | 'auth0';

/** The API for which an issuer makes JWT access tokens, as Auth0 does when its `audience` parameter is sent. */
export interface TwinApi {
  readonly audience: string;
  /** Prefix of the custom claims in its access tokens. */
  readonly claimsNamespace: string;
  /** Scopes of the API, besides those of OpenID Connect. */
  readonly scopes: readonly string[];
  /** What a JWT access token says, made of what oidc-provider would say. */
  accessTokenClaims(standard: Record<string, unknown>, context: AccessTokenContext): Record<string, unknown>;
}

/** For whom a JWT access token is made. */
export interface AccessTokenContext {
  /** Undefined if a machine asked for itself. */
  readonly person: DemoPerson | undefined;
  /** The flow that led to it, in oidc-provider's words. */
  readonly grantType: string | undefined;
}

/** For whom an ID token is made. */
export interface IdTokenContext {
  readonly clientId: string;
  /** The opaque access token that is handed out with it, if any. */
  readonly accessToken?: string;
}

/** What makes an issuer look like the real one: addresses, lifetimes, claims, the look of its opaque tokens. */
export interface IssuerTwin {
  readonly name: TwinName;
  readonly title: string;
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string;
  /** Paths below the issuer, each with a leading slash. */
  readonly paths: {
    readonly authorization: string;
    readonly token: string;
    readonly jwks: string;
    readonly userinfo: string;
    /** Where a television asks for its codes. */
    readonly deviceAuthorization: string;
    /** Where people enter what the television shows. */
    readonly device: string;
    readonly tokeninfo?: string;
  };
  readonly idTokenSeconds: number;
  readonly accessTokenSeconds: number;
  readonly deviceCodeSeconds: number;
  /** What the address of the page for televisions is called: `verification_uri` by RFC 8628. */
  readonly verificationAddress: 'verification_uri' | 'verification_url';
  /** Which claims a scope opens. */
  readonly scopeClaims: Readonly<Record<string, readonly string[]>>;
  readonly grantTypes: readonly string[];
  /** Those of the flows of old that the real issuer has, too. */
  readonly legacyFlows: readonly LegacyFlow[];
  readonly people: readonly DemoPerson[];
  readonly api?: TwinApi;
  /** What userinfo and the ID token say of a person. */
  profile(person: DemoPerson): Record<string, unknown>;
  /** What only the ID token says. */
  idTokenClaims(context: IdTokenContext): Record<string, unknown>;
  /** Gives a random id the look of this issuer's opaque access tokens. */
  dressOpaqueToken(id: string): string;
}

/** The absolute address of an endpoint of a twin. */
export function addressOf(twin: IssuerTwin, path: string): string {
  return `${twin.issuer.replace(/\/$/, '')}${path}`;
}
