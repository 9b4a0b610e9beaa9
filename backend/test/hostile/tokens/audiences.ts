import type { Forge } from '../forge';
import { type BenignToken, type HostileToken } from '../hostile-entry';

const WRONG = '401 provider_token_wrong_audience';

const foreign: [string, (forge: Forge) => unknown][] = [
  ['of somebody else’s client at the same issuer', ({ issuer }) => issuer.foreignClientId],
  ['of the other provider’s client', ({ other }) => other.clientId],
  ['in capitals', ({ issuer }) => issuer.clientId.toUpperCase()],
  ['with a blank behind', ({ issuer }) => `${issuer.clientId} `],
  ['that begins like ours', ({ issuer }) => `${issuer.clientId}.evil`],
  ['that ours begins like', ({ issuer }) => issuer.clientId.slice(0, -1)],
  ['of two in one text', ({ issuer }) => `${issuer.clientId},${issuer.mobileClientId}`],
  ['of two, separated by a blank', ({ issuer }) => `${issuer.clientId} ${issuer.mobileClientId}`],
  ['that is the issuer', ({ issuer }) => issuer.issuer],
  ['of the userinfo endpoint', ({ issuer }) => issuer.userinfoUri],
  ['that is empty', () => ''],
  ['that is null', () => null],
  ['that is true', () => true],
  ['that is a number', () => 0],
  ['that is missing', () => undefined],
  ['that is an empty list', () => []],
  ['that is a list of a stranger', () => ['somebody-else']],
  ['that is a list of us and a stranger', ({ issuer }) => [issuer.clientId, 'somebody-else']],
  ['that is a list of a stranger and us', ({ issuer }) => ['somebody-else', issuer.clientId]],
  ['that is a list of us and null', ({ issuer }) => [issuer.clientId, null]],
  ['that is a list in a list', ({ issuer }) => [[issuer.clientId]]],
  ['that is an object of us', ({ issuer }) => ({ [issuer.clientId]: true })],
  ['that is an object like a list', ({ issuer }) => ({ 0: issuer.clientId, length: 1 })],
];

const parties: [string, (forge: Forge) => unknown][] = [
  ['of somebody else’s client at the same issuer', ({ issuer }) => issuer.foreignClientId],
  ['of the other provider’s client', ({ other }) => other.clientId],
  ['that is empty', () => ''],
  ['that is null', () => null],
  ['that is false', () => false],
  ['in a list', ({ issuer }) => [issuer.clientId]],
  ['in an object', ({ issuer }) => ({ azp: issuer.clientId })],
];

const ofAccessTokens: [string, (forge: Forge) => object][] = [
  ['for another API of the tenant', () => ({ aud: 'https://other-api.example.com/' })],
  ['for another API and userinfo', ({ issuer }) => ({ aud: ['https://other-api.example.com/', issuer.userinfoUri] })],
  ['for userinfo alone', ({ issuer }) => ({ aud: issuer.userinfoUri })],
  ['for userinfo alone, in a list', ({ issuer }) => ({ aud: [issuer.userinfoUri] })],
  ['for the API and a stranger', ({ issuer }) => ({ aud: [issuer.audience, 'https://other-api.example.com/'] })],
  [
    'for the API and the userinfo of a stranger',
    ({ issuer }) => ({ aud: [issuer.audience, 'https://other.eu.auth0.com/userinfo'] }),
  ],
  ['for the Management API', () => ({ aud: 'https://example.eu.auth0.com/api/v2/' })],
  ['of somebody else’s client (azp)', ({ issuer }) => ({ azp: issuer.foreignClientId })],
  ['of somebody else’s client (client_id)', ({ issuer }) => ({ azp: undefined, client_id: issuer.foreignClientId })],
  ['of two clients, one of which is a stranger', ({ issuer }) => ({ client_id: issuer.foreignClientId })],
];

/** V12, V13: tokens that are genuine, and not for us. */
export const audiences: HostileToken[] = [
  ...foreign.map(([name, aud]): HostileToken => ({
    title: `V12 an audience ${name}`,
    token: (forge) => forge.token({ aud: aud(forge) }),
    refused: WRONG,
  })),
  ...parties.map(([name, azp]): HostileToken => ({
    title: `V13 an authorised party ${name}`,
    token: (forge) => forge.token({ azp: azp(forge) }),
    refused: WRONG,
  })),
  {
    title: 'V12 a genuine ID token of somebody else’s client at the same issuer',
    token: async ({ issuer }) => (await issuer.issue('ada', { clientId: issuer.foreignClientId })).idToken,
    refused: WRONG,
  },
  {
    title: 'V12 a genuine opaque access token of somebody else’s client at the same issuer',
    token: async ({ issuer }) => (await issuer.issue('ada', { clientId: issuer.foreignClientId })).accessToken,
    field: 'access_token',
    at: 'google',
    refused: WRONG,
  },
  ...ofAccessTokens.map(([name, claims]): HostileToken => ({
    title: `V12 V13 an access token ${name}`,
    token: (forge) => forge.accessToken(claims(forge)),
    field: 'access_token',
    at: 'auth0',
    refused: WRONG,
  })),
  {
    title: 'V13 a genuine access token for our API, of somebody else’s client',
    token: async ({ issuer }) =>
      (await issuer.issue('ada', { clientId: issuer.foreignClientId, audience: issuer.audience })).accessToken,
    field: 'access_token',
    at: 'auth0',
    refused: WRONG,
  },
];

/** What differs from these by one thing only. */
export const soundAudiences: BenignToken[] = [
  {
    title: 'V12 V13 the audience and party of our telephone app',
    token: (forge) => forge.token({ aud: forge.issuer.mobileClientId, azp: forge.issuer.mobileClientId }),
  },
  { title: 'V13 no authorised party', token: (forge) => forge.token({ azp: undefined }) },
  {
    title: 'V13 our telephone app as the party of our web client',
    token: (forge) => forge.token({ azp: forge.issuer.mobileClientId }),
  },
  {
    title: 'V12 an access token for the API alone',
    token: (forge) => forge.accessToken({ aud: forge.issuer.audience }),
    field: 'access_token',
    at: 'auth0',
  },
  {
    title: 'V13 an access token that names no client',
    token: (forge) => forge.accessToken({ azp: undefined }),
    field: 'access_token',
    at: 'auth0',
  },
  {
    title: 'V12 a genuine opaque access token of our own client',
    token: async ({ issuer }) => (await issuer.issue('ada')).accessToken,
    field: 'access_token',
    at: 'google',
  },
];
