import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

const otherTypes = [
  'at+jwt',
  'application/at+jwt',
  'logout+jwt',
  'application/logout+jwt',
  'secevent+jwt',
  'dpop+jwt',
  'oauth-authz-req+jwt',
  'token-introspection+jwt',
  'JWE',
  'JOSE',
  'JWT ',
  '',
];

const notTexts: [string, unknown][] = [
  ['null', null],
  ['a number', 1],
  ['a list', ['JWT']],
  ['an object', { typ: 'JWT' }],
];

/** V10: tokens of another type than an ID token or, at Auth0, an access token. */
export const types: HostileToken[] = [
  ...otherTypes.map((typ): HostileToken => ({
    title: `V10 the type ${JSON.stringify(typ)} with the claims of an ID token`,
    token: (forge) => forge.token({}, { typ }),
    refused: '401 provider_token_wrong_kind',
  })),
  ...notTexts.map(([name, typ]): HostileToken => ({
    title: `V10 a type that is ${name}`,
    token: (forge) => forge.token({}, { typ }),
    refused: INVALID,
  })),
  ...['logout+jwt', 'secevent+jwt', 'dpop+jwt', undefined].map((typ): HostileToken => ({
    title: `V10 the type ${typ ?? 'of nothing'} with the claims of an access token`,
    token: (forge) => forge.accessToken({}, { typ }),
    field: 'access_token',
    at: 'auth0',
    refused: '401 provider_token_wrong_kind',
  })),
  {
    title: 'V10 a logout token: events, a session, no nonce',
    token: (forge) => {
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
      return forge.token({ events, nonce: undefined, jti: '1' }, { typ: 'logout+jwt' });
    },
    refused: '401 provider_token_wrong_kind',
  },
];

/** What differs from these by one thing only. */
export const soundTypes: BenignToken[] = [
  { title: 'V10 an ID token without a type', token: (forge) => forge.token({}, { typ: undefined }) },
  { title: 'V10 an ID token whose type is in small letters', token: (forge) => forge.token({}, { typ: 'jwt' }) },
  {
    title: 'V10 an access token of the default profile',
    token: (forge) => forge.accessToken(),
    field: 'access_token',
    at: 'auth0',
  },
  {
    title: 'V10 an access token of RFC 9068',
    token: (forge) =>
      forge.accessToken({ azp: undefined, client_id: forge.issuer.clientId, jti: '1' }, { typ: 'at+jwt' }),
    field: 'access_token',
    at: 'auth0',
  },
];
