import { settingsFaults } from '../../../../test/support/settings-faults';
import { auth0Settings, type Auth0Settings, type Auth0Variables } from './auth0.settings';

const read = (variables: Auth0Variables, production = false): Auth0Settings | undefined =>
  auth0Settings(variables, { production });

const faultsOf = (variables: Auth0Variables, production = false): readonly string[] =>
  settingsFaults(() => read(variables, production));

const tenant: Auth0Variables = { AUTH0_DOMAIN: 'example.eu.auth0.com', AUTH0_CLIENT_ID: 'web,mobile' };
const twin: Auth0Variables = {
  AUTH0_DOMAIN: '127.0.0.1:3002',
  AUTH0_CLIENT_ID: 'web',
  AUTH0_AUDIENCE: 'https://api.example.com/',
  AUTH0_ISSUER: 'http://127.0.0.1:3002/auth0/',
  AUTH0_JWKS_URI: 'http://127.0.0.1:3002/auth0/.well-known/jwks.json',
  AUTH0_CLAIMS_NAMESPACE: 'https://example.com/',
};

describe('the settings of Auth0', () => {
  it('are none where no variable is set', () => expect(read({})).toBeUndefined());

  it('need a domain and a client id', () => {
    expect(read(tenant, true)).toEqual({
      domain: 'example.eu.auth0.com',
      clientIds: ['web', 'mobile'],
      machineClientIds: [],
      acceptAccessTokens: false,
      audience: undefined,
      issuers: undefined,
      jwksUri: undefined,
      claimsNamespace: undefined,
    });
    expect(faultsOf({ AUTH0_DOMAIN: 'example.eu.auth0.com' })).toEqual([
      'AUTH0_CLIENT_ID: expected one or several client ids, comma separated',
    ]);
    expect(faultsOf({ AUTH0_CLIENT_ID: 'web' })).toEqual([
      expect.stringMatching(/^AUTH0_DOMAIN: expected a host name/),
    ]);
  });

  it('take everything else from its variable', () => {
    expect(read(twin)).toEqual({
      domain: '127.0.0.1:3002',
      clientIds: ['web'],
      machineClientIds: [],
      acceptAccessTokens: false,
      audience: 'https://api.example.com/',
      issuers: ['http://127.0.0.1:3002/auth0/'],
      jwksUri: twin.AUTH0_JWKS_URI,
      claimsNamespace: 'https://example.com/',
    });
  });

  it.each([
    'https://example.eu.auth0.com',
    'example.eu.auth0.com/',
    'user@example.com',
    'a b',
    'example.com:x',
    '',
    'ex:1:2',
  ])('have a fault when the domain is %j', (domain) => {
    expect(faultsOf({ ...tenant, AUTH0_DOMAIN: domain })).toEqual([expect.stringMatching(/^AUTH0_DOMAIN: /)]);
  });

  it('have a fault when the audience is a client id: the two kinds of token could not be told apart', () => {
    expect(faultsOf({ ...tenant, AUTH0_AUDIENCE: 'mobile' })).toEqual([
      'AUTH0_AUDIENCE: expected the identifier of an API, not a client id',
    ]);
  });

  it('list machines apart from the clients of people, and take bearer tokens where that is wanted', () => {
    const machines = { ...twin, AUTH0_M2M_CLIENT_ID: 'job, worker', ACCEPT_AUTH0_ACCESS_TOKENS: 'true' };
    expect(read(machines)).toMatchObject({ machineClientIds: ['job', 'worker'], acceptAccessTokens: true });
    expect(read({ ...twin, ACCEPT_AUTH0_ACCESS_TOKENS: 'false' })).toMatchObject({ acceptAccessTokens: false });
  });

  it('are none where all that is said is that no bearer tokens are taken', () =>
    expect(read({ ACCEPT_AUTH0_ACCESS_TOKENS: 'false' })).toBeUndefined());

  it.each<[Auth0Variables, string]>([
    [
      { ...tenant, ACCEPT_AUTH0_ACCESS_TOKENS: 'true' },
      'ACCEPT_AUTH0_ACCESS_TOKENS: expected AUTH0_AUDIENCE beside it',
    ],
    [{ ...tenant, AUTH0_M2M_CLIENT_ID: 'job' }, 'AUTH0_M2M_CLIENT_ID: expected AUTH0_AUDIENCE beside it'],
    [
      { ...twin, AUTH0_M2M_CLIENT_ID: 'job,web' },
      'AUTH0_M2M_CLIENT_ID: expected no client id that is in AUTH0_CLIENT_ID',
    ],
    [{ ...twin, AUTH0_M2M_CLIENT_ID: 'job,job' }, 'AUTH0_M2M_CLIENT_ID: expected client ids'],
    [{ ...twin, AUTH0_M2M_CLIENT_ID: 'a job' }, 'AUTH0_M2M_CLIENT_ID: expected client ids'],
    [{ ...twin, AUTH0_M2M_CLIENT_ID: 'https://api.example.com/' }, 'AUTH0_AUDIENCE: expected the identifier of an API'],
  ])('have a fault with %j', (variables, fault) =>
    expect(faultsOf(variables)).toEqual([expect.stringContaining(fault)]),
  );

  it('have a fault where bearer tokens of nobody are to be taken', () =>
    expect(faultsOf({ ACCEPT_AUTH0_ACCESS_TOKENS: 'true' }).map((fault) => fault.split(':')[0])).toEqual([
      'AUTH0_DOMAIN',
      'AUTH0_CLIENT_ID',
      'ACCEPT_AUTH0_ACCESS_TOKENS',
    ]));

  it('have a fault for every issuer that is no address', () => {
    expect(faultsOf({ ...tenant, AUTH0_ISSUER: 'example.eu.auth0.com, http://evil.example/' })).toHaveLength(2);
  });

  it.each(['localhost', 'LOCALHOST:3002', '127.0.0.1', '127.0.0.1:3002'])('refuse %s in production', (domain) => {
    expect(read({ ...tenant, AUTH0_DOMAIN: domain })?.domain).toBe(domain);
    expect(faultsOf({ ...tenant, AUTH0_DOMAIN: domain }, true)).toEqual([
      'AUTH0_DOMAIN: expected a host that is not loopback',
    ]);
  });

  it('refuse the demo issuer in production, by the name of every variable', () => {
    expect(faultsOf(twin, true).map((fault) => fault.split(':')[0])).toEqual([
      'AUTH0_JWKS_URI',
      'AUTH0_DOMAIN',
      'AUTH0_ISSUER',
    ]);
  });
});
