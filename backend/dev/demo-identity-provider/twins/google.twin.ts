import { googlePeople } from '../people/google.people';
import { IssuerTwin } from './issuer-twin';

/** An issuer shaped like Google: opaque access tokens that only tokeninfo explains, `azp` and `hd` in ID tokens. */
export function googleTwin(origin: string): IssuerTwin {
  const issuer = `${origin}/google`;
  return {
    name: 'google',
    title: 'Google',
    issuer,
    paths: {
      authorization: '/o/oauth2/v2/auth',
      token: '/token',
      jwks: '/oauth2/v3/certs',
      userinfo: '/v1/userinfo',
      deviceAuthorization: '/device/code',
      device: '/device',
      tokeninfo: '/tokeninfo',
    },
    idTokenSeconds: 3_600,
    accessTokenSeconds: 3_599,
    deviceCodeSeconds: 1_800,
    // Google's endpoint is older than RFC 8628.
    verificationAddress: 'verification_url',
    scopeClaims: {
      openid: ['sub', 'azp', 'at_hash', 'hd'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'picture'],
    },
    grantTypes: ['authorization_code'],
    legacyFlows: ['implicit', 'hybrid'],
    people: googlePeople(issuer),
    profile: (person) => {
      const [givenName, ...familyNames] = person.name.split(' ');
      return {
        sub: person.subject,
        hd: person.hostedDomain,
        email: person.email,
        email_verified: person.email === undefined ? undefined : (person.emailVerified ?? false),
        name: person.name,
        given_name: givenName,
        family_name: familyNames.join(' ') || undefined,
        picture: person.picture,
      };
    },
    // oidc-provider replaces the token by its hash when it signs.
    idTokenClaims: ({ clientId, accessToken }) => ({ azp: clientId, at_hash: accessToken }),
    dressOpaqueToken: (id) => `ya29.a0${id}`,
  };
}
