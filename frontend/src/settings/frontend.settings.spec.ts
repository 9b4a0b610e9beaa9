import { randomBytes } from 'node:crypto';
import { readFrontendSettings, SettingsError } from './frontend.settings';
import type { Variables } from './variable.reader';

const google = { GOOGLE_CLIENT_ID: 'web,ios', GOOGLE_CLIENT_SECRET: 'google-secret' };
const auth0 = { AUTH0_CLIENT_ID: 'spa', AUTH0_CLIENT_SECRET: 'auth0-secret', AUTH0_DOMAIN: 'tenant.example.com' };
const secret = '0123456789abcdef0123456789abcdef';
const complete: Variables = {
  NEXTAUTH_URL: 'https://app.example.com',
  NEXTAUTH_SECRET: secret,
  ...google,
  ...auth0,
};

function faultsOf(variables: Variables): readonly string[] {
  try {
    readFrontendSettings(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('the settings of the frontend', () => {
  it('take defaults for what is not set', () => {
    expect(readFrontendSettings(complete)).toEqual({
      origin: 'https://app.example.com',
      secret,
      backendUrl: 'http://127.0.0.1:3001',
      publicBackendUrl: 'http://127.0.0.1:3001',
      exposeApiToken: false,
      sharedSecret: undefined,
      trustedProxyHops: 0,
      providers: [
        {
          id: 'google',
          title: 'Google',
          issuer: 'https://accounts.google.com',
          clientId: 'web',
          clientSecret: 'google-secret',
        },
        {
          id: 'auth0',
          title: 'Auth0',
          issuer: 'https://tenant.example.com/',
          clientId: 'spa',
          clientSecret: 'auth0-secret',
        },
      ],
    });
  });

  it('name every fault at once, each with its variable', () => {
    const faults = faultsOf({
      NEXTAUTH_URL: 'app.example.com',
      NEXTAUTH_SECRET: 'short',
      BACKEND_URL: 'ftp://backend',
      EXPOSE_API_TOKEN: 'yes',
      TRUST_PROXY_HOPS: '-1',
      FRONTEND_SHARED_SECRET: 'short',
      GOOGLE_CLIENT_ID: 'web',
    });
    const names = faults.map((fault) => fault.split(':')[0]);
    expect(names.sort()).toEqual([
      'BACKEND_URL',
      'EXPOSE_API_TOKEN',
      'FRONTEND_SHARED_SECRET',
      'GOOGLE_CLIENT_SECRET',
      'NEXTAUTH_SECRET',
      'NEXTAUTH_URL',
      'TRUST_PROXY_HOPS',
    ]);
  });

  describe.each(['NEXTAUTH_SECRET', 'FRONTEND_SHARED_SECRET'])('L4 refuse a %s', (name) => {
    it.each(['s'.repeat(40), 'ab'.repeat(30), 'changeme'.repeat(5), secret.slice(1)])('%p', (value) => {
      const expected = `${name}: expected at least 32 random characters, 8 different ones among them`;
      expect(faultsOf({ ...complete, [name]: value })).toEqual([expected]);
    });
  });

  it.each(['abcdefgh'.repeat(4), randomBytes(32).toString('hex'), randomBytes(24).toString('base64')])(
    'L4 accept the secret %p',
    (value) => {
      expect(faultsOf({ ...complete, NEXTAUTH_SECRET: value, FRONTEND_SHARED_SECRET: value })).toEqual([]);
    },
  );

  it('never repeat a value in a fault', () => {
    expect(faultsOf({ NEXTAUTH_SECRET: 'tell-nobody' }).join('\n')).not.toContain('tell-nobody');
  });

  it('F9 refuse a site without any provider', () => {
    expect(faultsOf({ ...complete, ...blank(google), ...blank(auth0) })).toEqual([
      expect.stringMatching(/^No sign-in provider: expected GOOGLE_CLIENT_ID, .* or AUTH0_CLIENT_ID/),
    ]);
  });

  it.each([...Object.keys(google), ...Object.keys(auth0)])('F9 refuse a provider that lacks %s alone', (name) => {
    expect(faultsOf({ ...complete, [name]: ' ' })).toEqual([expect.stringMatching(new RegExp(`^${name}: expected`))]);
  });

  it('leave out a provider that has no settings', () => {
    const { providers } = readFrontendSettings({ ...complete, ...blank(auth0) });
    expect(providers.map(({ id }) => id)).toEqual(['google']);
  });

  it.each([
    ['web-id', 'web-id'],
    ['web-id;platform=web,ios-id;platform=ios;nonce=required', 'web-id'],
    [' web-id ; nonce=off , android-id', 'web-id'],
  ])('take of the client ids %p the first, without its attributes', (GOOGLE_CLIENT_ID, clientId) => {
    expect(readFrontendSettings({ ...complete, GOOGLE_CLIENT_ID }).providers[0]?.clientId).toBe(clientId);
  });

  it.each([';platform=web', ',', ' ; '])('F9 refuse the client ids %p, the first of which is empty', (value) => {
    const faults = faultsOf({ ...complete, GOOGLE_CLIENT_ID: value });
    expect(faults).toEqual(['GOOGLE_CLIENT_ID: expected at least one client id']);
  });

  it('take the first address of a list of issuers', () => {
    const issuers = 'accounts.google.com, https://accounts.google.com , https://other.example';
    const { providers } = readFrontendSettings({ ...complete, GOOGLE_ISSUER: issuers });
    expect(providers[0]?.issuer).toBe('https://accounts.google.com');
  });

  it.each([
    'http://app.example.com',
    'https://app.example.com/base',
    'https://user:pw@app.example.com',
    '',
    'nonsense',
  ])('refuse the site address %p', (NEXTAUTH_URL) => {
    expect(faultsOf({ ...complete, NEXTAUTH_URL })).toEqual([expect.stringContaining('NEXTAUTH_URL')]);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'https://app.example.com/'])(
    'accept the site address %p',
    (NEXTAUTH_URL) => {
      expect(faultsOf({ ...complete, NEXTAUTH_URL })).toEqual([]);
    },
  );

  it('refuse an issuer on this machine for a site that is elsewhere', () => {
    const local = { ...complete, GOOGLE_ISSUER: 'http://127.0.0.1:3002/google' };
    expect(faultsOf(local)).toEqual([expect.stringContaining('https issuer')]);
    expect(faultsOf({ ...local, NEXTAUTH_URL: 'http://localhost:3000' })).toEqual([]);
  });

  it('refuse an issuer by plain http on another machine', () => {
    const plain = { NEXTAUTH_URL: 'http://localhost:3000', GOOGLE_ISSUER: 'http://accounts.example.com' };
    expect(faultsOf({ ...complete, ...plain })).toEqual([expect.stringContaining('https issuer')]);
  });

  it('refuse to send browsers with a token to a plain http address', () => {
    const exposed = { ...complete, EXPOSE_API_TOKEN: 'true', PUBLIC_BACKEND_URL: 'http://api.example.com' };
    expect(faultsOf(exposed)).toEqual([expect.stringContaining('PUBLIC_BACKEND_URL')]);
    expect(faultsOf({ ...exposed, PUBLIC_BACKEND_URL: 'https://api.example.com' })).toEqual([]);
  });
});

function blank(variables: Variables): Variables {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
}
