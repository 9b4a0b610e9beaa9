import { randomBytes } from 'node:crypto';
import { auth0People } from '../people/auth0.people';
import { DemoPerson } from '../people/demo-person';
import { IssuerTwin, TwinApi } from './issuer-twin';
import { opaqueJwe } from './opaque-jwe';

/** What a tenant's administrator chooses. */
export interface Auth0Tenant {
  readonly audience: string;
  readonly claimsNamespace: string;
}

function profile(person: DemoPerson): Record<string, unknown> {
  const [givenName, ...familyNames] = person.name.split(' ');
  return {
    sub: person.subject,
    nickname: person.email?.split('@')[0] ?? person.key,
    name: person.name,
    given_name: givenName,
    family_name: familyNames.join(' ') || undefined,
    picture: person.picture,
    updated_at: '2026-01-15T08:30:00.000Z',
    email: person.email,
    email_verified: person.email === undefined ? undefined : (person.emailVerified ?? false),
  };
}

/** Auth0 adds custom claims to access tokens only below a namespace, by an Action of the tenant. */
function namespaced(namespace: string, person: DemoPerson): Record<string, unknown> {
  const { email, email_verified, name, picture } = profile(person);
  const claims = { email, email_verified, name, picture };
  return Object.fromEntries(Object.entries(claims).map(([claim, value]) => [namespace + claim, value]));
}

function tenantApi(issuer: string, tenant: Auth0Tenant): TwinApi {
  return {
    audience: tenant.audience,
    claimsNamespace: tenant.claimsNamespace,
    scopes: ['notes:read', 'notes:write'],
    accessTokenClaims: ({ client_id: clientId, scope, iat, exp, sub }, { person, grantType }) => {
      const common = { iss: issuer, iat, exp, scope, azp: clientId };
      const scopes = typeof scope === 'string' ? scope.split(' ') : [];
      if (!person) {
        const machine = { sub: `${String(clientId)}@clients`, aud: tenant.audience, gty: 'client-credentials' };
        return { ...common, ...machine, permissions: scopes };
      }
      const reachesUserinfo = scopes.includes('openid');
      return {
        ...namespaced(tenant.claimsNamespace, person),
        ...common,
        sub,
        aud: reachesUserinfo ? [tenant.audience, `${issuer}userinfo`] : tenant.audience,
        permissions: person.permissions ?? [],
        gty: grantType === 'password' ? 'password' : undefined,
      };
    },
  };
}

/** An issuer shaped like an Auth0 tenant: trailing slash in `iss`, API audience, RS256 access tokens with `typ: JWT`. */
export function auth0Twin(origin: string, tenant: Auth0Tenant): IssuerTwin {
  const issuer = `${origin}/auth0/`;
  return {
    name: 'auth0',
    title: 'Auth0',
    issuer,
    paths: {
      authorization: '/authorize',
      token: '/oauth/token',
      jwks: '/.well-known/jwks.json',
      userinfo: '/userinfo',
      deviceAuthorization: '/oauth/device/code',
      device: '/activate',
    },
    idTokenSeconds: 36_000,
    accessTokenSeconds: 86_400,
    deviceCodeSeconds: 900,
    verificationAddress: 'verification_uri',
    scopeClaims: {
      openid: ['sub', 'sid'],
      email: ['email', 'email_verified'],
      profile: ['name', 'nickname', 'given_name', 'family_name', 'picture', 'updated_at'],
    },
    grantTypes: ['authorization_code', 'client_credentials'],
    legacyFlows: ['implicit', 'hybrid', 'password'],
    people: auth0People(issuer),
    api: tenantApi(issuer, tenant),
    profile,
    idTokenClaims: () => ({ sid: randomBytes(24).toString('base64url') }),
    dressOpaqueToken: (id) => opaqueJwe(issuer, id),
  };
}
