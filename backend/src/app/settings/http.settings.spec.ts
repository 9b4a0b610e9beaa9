import { randomBytes } from 'node:crypto';
import { faultsOf, itRefusesValues, LEAST } from '../../../test/support/settings-environment';
import { loadSettings } from './load-settings';

const FRONTEND_SECRET = randomBytes(24).toString('base64');

describe('the settings of the HTTP server', () => {
  it('are read from their variables', () => {
    const settings = loadSettings({
      ...LEAST,
      HOST: '0.0.0.0',
      PORT: '8080',
      LOG_LEVEL: 'warn',
      DOCS: 'false',
      CORS_ORIGINS: 'https://a.example, https://b.example:8443',
      TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,192.0.2.1',
      FRONTEND_SHARED_SECRET: FRONTEND_SECRET,
      RATE_LIMIT_SIGN_IN: '0',
      REDIS_URL: 'rediss://cache.example:6380/1',
    });
    expect(settings).toMatchObject({
      logLevel: 'warn',
      http: {
        host: '0.0.0.0',
        port: 8080,
        docs: false,
        corsOrigins: ['https://a.example', 'https://b.example:8443'],
        trustProxy: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'],
        frontendSharedSecret: FRONTEND_SECRET,
      },
      limits: { signInsPerMinute: 0, redisUrl: 'rediss://cache.example:6380/1' },
    });
    expect(loadSettings({ ...LEAST, TRUST_PROXY_HOPS: '2' }).http.trustProxy).toBe(2);
  });

  it('hide the documentation in production unless it is asked for', () => {
    const production = { ...LEAST, NODE_ENV: 'production' };
    expect(loadSettings(production).http.docs).toBe(false);
    expect(loadSettings({ ...production, DOCS: 'true' }).http.docs).toBe(true);
  });

  itRefusesValues([
    ['NODE_ENV', 'prod'],
    ['HOST', 'not a host'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3001x'],
    ['LOG_LEVEL', 'loud'],
    ['DOCS', 'yes'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['CORS_ORIGINS', 'https://a.example,'],
    ['CORS_ORIGINS', 'a.example'],
    ['CORS_ORIGINS', 'null'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUST_PROXY_HOPS', '0'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['FRONTEND_SHARED_SECRET', 'short'],
    ['FRONTEND_SHARED_SECRET', 'x'.repeat(32)],
    ['FRONTEND_SHARED_SECRET', 'changeme'.repeat(8)],
    ['RATE_LIMIT_SIGN_IN', '-1'],
    ['RATE_LIMIT_SIGN_IN', '1.5'],
    ['REDIS_URL', 'http://cache.example'],
  ]);

  it('L4 says what a secret must be that only fills its length', () => {
    expect(faultsOf({ FRONTEND_SHARED_SECRET: 'x'.repeat(64) })).toEqual([
      'FRONTEND_SHARED_SECRET: expected at least 32 random characters, 8 different ones among them',
    ]);
  });

  it('refuses TRUSTED_PROXIES together with TRUST_PROXY_HOPS', () => {
    expect(faultsOf({ TRUSTED_PROXIES: '10.0.0.1', TRUST_PROXY_HOPS: '1' })).toEqual([
      expect.stringContaining('TRUSTED_PROXIES, TRUST_PROXY_HOPS'),
    ]);
  });
});
