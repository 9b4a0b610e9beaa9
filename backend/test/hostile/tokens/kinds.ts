import { segment } from '../forge';
import { INVALID, type BenignToken, type HostileToken } from '../hostile-entry';

const WRONG_KIND = '401 provider_token_wrong_kind';
const OPAQUE = '401 auth0_audience_missing';
const opaqueJwe = [
  segment({ alg: 'dir', enc: 'A256GCM', iss: 'https://example.eu.auth0.com/' }),
  '',
  'aXY',
  'Y2lwaGVy',
  'dGFn',
].join('.');

/** V10, V19, V20: genuine tokens of another kind than the field says. */
export const kinds: HostileToken[] = [
  {
    title: 'V10 a genuine ID token as access token',
    token: async ({ issuer }) => (await issuer.issue('ada')).idToken,
    field: 'access_token',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 V22 a genuine access token of Google as ID token',
    token: async ({ issuer }) => (await issuer.issue('ada')).accessToken,
    field: 'id_token',
    at: 'google',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 V22 a genuine access token for the API as ID token',
    token: async ({ issuer }) => (await issuer.issue('ada', { audience: issuer.audience })).accessToken,
    field: 'id_token',
    at: 'auth0',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 a token for our client and our API at once, as ID token',
    token: (forge) => forge.token({ aud: [forge.issuer.clientId, forge.issuer.audience] }),
    field: 'id_token',
    at: 'auth0',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 a token for our client and our API at once, as access token',
    token: (forge) => forge.accessToken({ aud: [forge.issuer.clientId, forge.issuer.audience] }),
    field: 'access_token',
    at: 'auth0',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 a token for our client and our API at once, of either kind',
    token: (forge) => forge.token({ aud: [forge.issuer.clientId, forge.issuer.audience] }),
    field: 'auth_token',
    at: 'auth0',
    refused: '401 provider_token_wrong_audience',
  },
  ...(['access_token', 'auth_token'] as const).flatMap((field): HostileToken[] => [
    {
      title: `V19 a genuine opaque access token of the tenant (a JWE), as ${field}`,
      token: async ({ issuer }) => (await issuer.issue('ada')).accessToken,
      field,
      at: 'auth0',
      refused: OPAQUE,
    },
    {
      title: `V19 an opaque access token of 32 characters, as ${field}`,
      token: () => 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
      field,
      at: 'auth0',
      refused: OPAQUE,
    },
    {
      title: `V19 an opaque access token of another tenant, as ${field}`,
      token: () => opaqueJwe,
      field,
      at: 'auth0',
      refused: OPAQUE,
    },
  ]),
  {
    title: 'V19 an opaque access token of the tenant as ID token',
    token: () => opaqueJwe,
    field: 'id_token',
    at: 'auth0',
    refused: WRONG_KIND,
  },
  {
    title: 'V19 a JWE that names another algorithm than the opaque tokens do',
    token: () => [segment({ alg: 'A256KW', enc: 'A256GCM' }), '', 'aXY', 'Y2lwaGVy', 'dGFn'].join('.'),
    at: 'auth0',
    refused: INVALID,
  },
  {
    title: 'V19 an access token that Google does not know',
    token: () => 'ya29.a0unknown',
    field: 'access_token',
    at: 'google',
    refused: INVALID,
  },
  {
    title: 'V19 a header of one’s own in an access token',
    token: () => 'ya29.a0\r\nX-Evil: 1',
    field: 'access_token',
    at: 'google',
    refused: INVALID,
  },
  {
    title: 'V20 a genuine access token of Google at Auth0',
    token: async ({ other }) => (await other.issue('ada')).accessToken,
    field: 'access_token',
    at: 'auth0',
    refused: INVALID,
  },
  {
    title: 'V20 an opaque access token of Auth0 at Google',
    token: async ({ other }) => (await other.issue('ada')).accessToken,
    field: 'access_token',
    at: 'google',
    refused: WRONG_KIND,
  },
  {
    title: 'V10 an access token of a machine, as ID token',
    token: (forge) =>
      forge.accessToken({
        sub: `${forge.issuer.clientId}@clients`,
        gty: 'client-credentials',
        aud: forge.issuer.audience,
      }),
    field: 'id_token',
    at: 'auth0',
    refused: WRONG_KIND,
  },
];

/** What differs from these by one thing only. */
export const soundKinds: BenignToken[] = [
  {
    title: 'V10 a genuine ID token as a token of either kind',
    token: async ({ issuer }) => (await issuer.issue('ada')).idToken,
    field: 'auth_token',
  },
  {
    title: 'V10 a genuine access token for the API as a token of either kind',
    token: async ({ issuer }) => (await issuer.issue('ada', { audience: issuer.audience })).accessToken,
    field: 'auth_token',
    at: 'auth0',
  },
  {
    title: 'V10 a genuine access token of Google as a token of either kind',
    token: async ({ issuer }) => (await issuer.issue('ada')).accessToken,
    field: 'auth_token',
    at: 'google',
  },
];
